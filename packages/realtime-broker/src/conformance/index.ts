export { type BrokerConformanceOptions, brokerConformance } from './brokerConformance.ts';
export type { ConformanceCase } from './conformanceCase.ts';
