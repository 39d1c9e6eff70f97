import { setInterval } from 'node:timers/promises';

export interface ReadinessOptions {
  readonly host: string;
  readonly ports: readonly number[];
  onAnswer(port: number, isReady: boolean): void;
}

const everyMs = 500;
const timeoutMs = 1_000;

/** Asks each node again and again whether new clients should be sent to it. */
export function watchReadiness({ host, ports, onAnswer }: ReadinessOptions): {
  close(): Promise<void>;
} {
  const end = new AbortController();

  async function ask(port: number): Promise<void> {
    const signal = AbortSignal.any([end.signal, AbortSignal.timeout(timeoutMs)]);
    const name = host.includes(':') ? `[${host}]` : host;
    const isReady = await fetch(`http://${name}:${port}/readyz`, { signal, method: 'HEAD' }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (!end.signal.aborted) onAnswer(port, isReady);
  }

  async function watch(): Promise<void> {
    for await (const _ of setInterval(everyMs, undefined, { signal: end.signal })) {
      await Promise.all(ports.map(ask));
    }
  }

  // It ends by being aborted, and in no other way.
  const watching = watch().catch(() => {});
  return {
    async close() {
      end.abort();
      await watching;
    },
  };
}
