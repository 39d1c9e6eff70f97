/** The keys of the presence in a room, in the order in which the scripts expect them. */
export interface PresenceKeys {
  readonly all: readonly string[];
  readonly news: string;
}

/** All have the room as their hash tag, written as JSON: that keeps apart what reads alike. */
export function presenceKeys(prefix: string, room: string): PresenceKeys {
  const key = (part: string) => `${prefix}:presence:{${JSON.stringify(room)}}:${part}`;
  const news = key('news');
  return { all: [key('members'), key('nodes'), news], news };
}

/** Where a node says that it is alive. */
export function nodeKey(prefix: string, node: string): string {
  return `${prefix}:presence:node:{${node}}`;
}
