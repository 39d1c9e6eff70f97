import type { Carrier } from './carrier.ts';
import { createMessageLog } from './messageLog.ts';

/** Between two messages of one request or answer. */
const separator = '\x1e';

/** Opens a connection that does nothing but poll, in plain HTTP requests, and waits for its greeting. */
export async function openPolling(url: string): Promise<Carrier> {
  const endpoint = `${url}/socket.io/?EIO=4&transport=polling`;
  const greeting = await (await fetch(endpoint)).text();
  const { sid } = JSON.parse(greeting.slice(1));
  const address = `${endpoint}&sid=${sid}`;
  const over = new AbortController();
  const closed = new Promise<void>((resolve) =>
    over.signal.addEventListener('abort', () => resolve()),
  );
  const { add, ...log } = createMessageLog(closed);
  add(greeting);
  // One POST after the other: engine.io ends a connection that sends two at once.
  let sent: Promise<unknown> = Promise.resolve();
  const end = () => over.abort();

  async function post(body: string): Promise<void> {
    const { ok } = await fetch(address, { method: 'POST', body, signal: over.signal });
    if (!ok) end();
  }

  async function poll(): Promise<void> {
    while (!over.signal.aborted) {
      const answer = await fetch(address, { signal: over.signal });
      if (!answer.ok) return end();
      for (const message of (await answer.text()).split(separator)) take(message);
    }
  }

  function take(message: string): void {
    if (message === '2') carrier.send('3');
    if (message === '1') end();
    add(message);
  }

  const carrier: Carrier = {
    ...log,
    closed,
    get isOpen() {
      return !over.signal.aborted;
    },
    send(...messages) {
      sent = sent.then(() => post(messages.join(separator))).catch(end);
    },
    terminate: end,
    [Symbol.dispose]: end,
  };
  void poll().catch(end);
  return carrier;
}
