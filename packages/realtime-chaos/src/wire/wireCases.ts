import { advisoryCases } from './cases/advisoryCases.ts';
import { connectCases } from './cases/connectCases.ts';
import { engineCases } from './cases/engineCases.ts';
import { eventCases } from './cases/eventCases.ts';
import { httpCases } from './cases/httpCases.ts';
import { packetCases } from './cases/packetCases.ts';
import { payloadCases } from './cases/payloadCases.ts';
import { pollingCases } from './cases/pollingCases.ts';
import { requestCases } from './cases/requestCases.ts';
import { webSocketCases } from './cases/webSocketCases.ts';
import type { WireCase } from './wireCase.ts';

/** Everything that was thought of, and what a server does about it. */
export const wireCases: readonly WireCase[] = [
  ...advisoryCases,
  ...httpCases,
  ...webSocketCases,
  ...engineCases,
  ...connectCases,
  ...packetCases,
  ...eventCases,
  ...payloadCases,
  ...requestCases,
  ...pollingCases,
];
