import { serveParent } from '../process/serveParent.ts';

serveParent({
  echo: (value: unknown) => value,
  where: () => ({ pid: process.pid, environment: process.env.NODE_ENV }),
  fail: (reason: string) => Promise.reject(new Error(reason)),
  die: () => process.exit(3),
});
