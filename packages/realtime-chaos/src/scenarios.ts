import { authResumeScenario } from './auth-resume/authResumeScenario.ts';
import { cacheScenario } from './cache/cacheScenario.ts';
import { codecScenario } from './codec/codecScenario.ts';
import { commandsScenario } from './commands/commandsScenario.ts';
import { drainScenario } from './drain/drainScenario.ts';
import { killNodeScenario } from './kill-node/killNodeScenario.ts';
import { netScenario } from './net/netScenario.ts';
import { recoveryScenario } from './recovery/recoveryScenario.ts';
import { redisScenario } from './redis/redisScenario.ts';
import { redisLinkScenario } from './redis-link/redisLinkScenario.ts';
import { revokeScenario } from './revoke/revokeScenario.ts';
import type { Scenario } from './scenario.ts';
import { slowReadersScenario } from './slow-readers/slowReadersScenario.ts';
import { soakScenario } from './soak/soakScenario.ts';
import { stallScenario } from './stall/stallScenario.ts';
import { stormScenario } from './storm/stormScenario.ts';

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
  soakScenario,
];
