import { inspect } from 'node:util';

/** What arrived on a connection, each an engine.io message, in order. */
export interface MessageLog {
  readonly messages: readonly string[];
  add(message: string): void;
  /** Waits until a look at what has arrived finds something; rejects when the connection ends. */
  until<Found>(look: () => Found | undefined): Promise<Found>;
  /** Waits for the first message that begins with a text. */
  next(start: string): Promise<string>;
}

/** @param closed - resolves when nothing can arrive any more */
export function createMessageLog(closed: Promise<void>): MessageLog {
  const messages: string[] = [];
  const waiting = new Set<() => void>();
  const tail = () => inspect(messages.slice(-5).map((message) => message.slice(0, 300)));

  function until<Found>(look: () => Found | undefined): Promise<Found> {
    return new Promise((resolve, reject) => {
      const lookAgain = () => {
        const found = look();
        if (found === undefined) return;
        waiting.delete(lookAgain);
        resolve(found);
      };
      waiting.add(lookAgain);
      lookAgain();
      void closed.then(() => reject(new Error(`Closed after ${tail()}`)));
    });
  }

  return {
    messages,
    until,
    add(message) {
      messages.push(message);
      for (const lookAgain of [...waiting]) lookAgain();
    },
    next: (start) => until(() => messages.find((message) => message.startsWith(start))),
  };
}
