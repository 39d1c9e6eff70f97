export type {
  Part,
  PartModule,
  PartProcess,
  RemoteCalls,
  RunningPart,
  StartOptions,
  StartPart,
} from './part.ts';
export { startProcess } from './startProcess.ts';
