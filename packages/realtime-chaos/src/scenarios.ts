import { authResumeScenario } from './auth-resume/authResumeScenario.ts';
import { authorisationScenario } from './authorisation/authorisationScenario.ts';
import { cacheScenario } from './cache/cacheScenario.ts';
import { codecScenario } from './codec/codecScenario.ts';
import { commandsScenario } from './commands/commandsScenario.ts';
import { connectionsScenario } from './connections/connectionsScenario.ts';
import { containmentScenario } from './containment/containmentScenario.ts';
import { drainScenario } from './drain/drainScenario.ts';
import { floodScenario } from './flood/floodScenario.ts';
import { holdScenario } from './hold/holdScenario.ts';
import { killNodeScenario } from './kill-node/killNodeScenario.ts';
import { netScenario } from './net/netScenario.ts';
import { presenceScenario } from './presence/presenceScenario.ts';
import { recoveryScenario } from './recovery/recoveryScenario.ts';
import { redisScenario } from './redis/redisScenario.ts';
import { redisLinkScenario } from './redis-link/redisLinkScenario.ts';
import { revokeScenario } from './revoke/revokeScenario.ts';
import type { Scenario } from './scenario.ts';
import { slowReadersScenario } from './slow-readers/slowReadersScenario.ts';
import { soakScenario } from './soak/soakScenario.ts';
import { stallScenario } from './stall/stallScenario.ts';
import { stormScenario } from './storm/stormScenario.ts';
import { wireScenario } from './wire/wireScenario.ts';

/** Everything that `pnpm chaos` knows by name. */
export const scenarios: readonly Scenario[] = [
  recoveryScenario,
  authResumeScenario,
  slowReadersScenario,
  cacheScenario,
  codecScenario,
  stormScenario,
  killNodeScenario,
  redisScenario,
  redisLinkScenario,
  stallScenario,
  netScenario,
  commandsScenario,
  drainScenario,
  revokeScenario,
  floodScenario,
  connectionsScenario,
  presenceScenario,
  holdScenario,
  soakScenario,
  authorisationScenario,
  wireScenario,
  containmentScenario,
];
