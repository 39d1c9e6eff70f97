import type { ReturningClient } from './returningClient.ts';

/** A client of stock connection state recovery: the last argument of each event is its offset. */
export function createStockReturning(room: string, token: string): ReturningClient {
  let pid: string | undefined;
  let offset: string | undefined;

  /** @returns whether the message is an event; then it is known how far the client is */
  function take(message: string): boolean {
    if (!message.startsWith('42')) return false;
    const last: unknown = JSON.parse(message.slice(2)).at(-1);
    if (typeof last !== 'string') throw unexpected('an event with an offset', message);
    offset = last;
    return true;
  }

  return {
    get hasPlace() {
      return offset !== undefined;
    },
    join: () => ({
      hear(message) {
        if (message.startsWith('0')) return [`40${JSON.stringify({ token })}`];
        if (message.startsWith('430[{"ok":true}')) return null;
        if (take(message)) return null;
        if (!message.startsWith('40')) throw unexpected('to be let into the room', message);
        ({ pid } = JSON.parse(message.slice(2)));
        return [`420${JSON.stringify(['join', room])}`];
      },
    }),
    resume(missed) {
      let arrived = 0;
      let isConnected = false;
      return {
        hear(message) {
          if (message.startsWith('0')) return [`40${JSON.stringify({ token, pid, offset })}`];
          if (message.startsWith('40')) {
            isConnected = JSON.parse(message.slice(2)).pid === pid;
            if (!isConnected) throw unexpected('the session to be recovered', message);
          }
          if (take(message)) arrived += 1;
          return isConnected && arrived >= missed ? null : [];
        },
      };
    },
  };
}

function unexpected(expected: string, message: string): Error {
  return new Error(`Expected ${expected}, got ${message.slice(0, 200)}`);
}
