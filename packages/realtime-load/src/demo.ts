import { startDemoServer } from './demo/startDemoServer.ts';
import { serveParent } from './process/serveParent.ts';

// The entry of the process of `--demo`.

serveParent({ start: async (secret: string) => (await startDemoServer(secret)).url });
