/** Writes one structured line: the fields first, then the message, as pino does. */
export type LogMethod = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** Where Roomcast writes what an operator may want to know. A pino logger fits as it is. */
export interface Logger {
  debug: LogMethod;
  info: LogMethod;
  warn: LogMethod;
  error: LogMethod;
}

/** Writes nothing. The default everywhere. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
