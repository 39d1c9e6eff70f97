import type { Carrier, OpenCarrier } from './carrier.ts';
import { openRaw } from './rawConnection.ts';
import { type SocketIoByHand, speakSocketIo } from './socketIoByHand.ts';

/** A plain session whose packets are written by hand. */
export interface PlainConnection extends SocketIoByHand, Disposable {
  readonly raw: Carrier;
  /** The arguments of the events of one name that arrived so far, in order; one alone, as it is. */
  received(name: string): readonly unknown[];
}

/** Opens a plain session and waits until it is admitted. */
export async function connectByHand(
  url: string,
  auth: Readonly<Record<string, unknown>> = {},
  open: OpenCarrier = openRaw,
): Promise<PlainConnection> {
  const raw = await open(url);
  const spoken = speakSocketIo(raw);
  const answer = await spoken.connect(auth);
  if (answer.startsWith('44')) throw JSON.parse(answer.slice(2));
  return {
    ...{ ...spoken, raw },
    received: (wanted) =>
      spoken
        .events()
        .filter(([name]) => name === wanted)
        .map(([, ...args]) => (args.length === 1 ? args[0] : args)),
    [Symbol.dispose]: () => raw.terminate(),
  };
}
