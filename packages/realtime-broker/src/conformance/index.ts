export {
  type CallLedgerConformanceOptions,
  callLedgerConformance,
} from '../calls/conformance/callLedgerConformance.ts';
export {
  type PresenceConformanceOptions,
  presenceConformance,
} from '../presence/conformance/presenceConformance.ts';
export { type BrokerConformanceOptions, brokerConformance } from './brokerConformance.ts';
export type { BrokerSettings } from './brokerSettings.ts';
export type { ConformanceCase } from './conformanceCase.ts';
