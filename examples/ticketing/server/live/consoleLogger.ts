import type { Logger } from '@roomcast/realtime-contract';

/** Prints what somebody should look at and leaves out the rest. */
export const consoleLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: (fields, message) => console.warn(message, fields),
  error: (fields, message) => console.error(message, fields),
};
