/** What the fuzzers have done, and what became of it. */
export interface FuzzRecord {
  frames: number;
  webSocketFrames: number;
  pollingFrames: number;
  connections: number;
  /** Connections that the server has closed upon what it was sent. */
  closed: number;
  /** Requests behind fuzzed frames that were answered: the connection went on. */
  answered: number;
  /** Connections that neither answered nor ended, with what they were sent last. */
  readonly silent: string[];
}

export function newFuzzRecord(): FuzzRecord {
  return {
    ...{ frames: 0, webSocketFrames: 0, pollingFrames: 0, connections: 0 },
    ...{ closed: 0, answered: 0, silent: [] },
  };
}
