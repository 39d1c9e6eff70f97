export { deflateBomb, lzStringBomb } from './bombs.ts';
export { type CodecConformanceOptions, codecConformance } from './codecConformance.ts';
export type { ConformanceCase } from './conformanceCase.ts';
