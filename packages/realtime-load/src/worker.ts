import { serveParent } from './process/serveParent.ts';
import { createLoadWorker } from './worker/createLoadWorker.ts';

// The entry of a process that holds connections or publishes.

serveParent(createLoadWorker());
