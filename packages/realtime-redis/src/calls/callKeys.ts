/** The keys of a caller's calls, in the order in which the scripts expect them, and their channel. */
export interface CallKeys {
  readonly all: readonly string[];
  readonly news: string;
}

/**
 * All keys of a caller have the caller as their hash tag, written as JSON: that keeps two callers
 * apart whose names are no text that UTF-8 can carry.
 */
export function callKeys(prefix: string, caller: string): CallKeys {
  const key = (part: string) => `${prefix}:calls:{${JSON.stringify(caller)}}:${part}`;
  const news = key('news');
  return { all: [key('records'), key('ages'), news], news };
}
