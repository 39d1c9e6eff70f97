import { setInterval } from 'node:timers/promises';

const everyMs = 500;

/** Shows the state of things again and again, until it is disposed of. */
export function keepShowing(show: () => Promise<void>): AsyncDisposable {
  const end = new AbortController();

  async function keepOn(): Promise<void> {
    await show();
    for await (const _ of setInterval(everyMs, undefined, { signal: end.signal })) await show();
  }

  const showing = keepOn().catch((error) => {
    if (!end.signal.aborted) console.error('The control page shows no more:', error);
  });
  return {
    async [Symbol.asyncDispose]() {
      end.abort();
      await showing;
    },
  };
}
