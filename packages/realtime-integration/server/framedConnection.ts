import { encodeHandshake } from '@roomcast/realtime-contract';
import { clubContract } from './clubContract.ts';
import { openRaw, type RawConnection } from './rawConnection.ts';

/** A framed session whose requests are written by hand, so that they may be anything. */
export interface FramedConnection extends Disposable {
  readonly raw: RawConnection;
  /** Sends a request with one argument and resolves with the acknowledgement. */
  ask(name: string, argument: unknown): Promise<unknown>;
}

/** Opens a framed session and waits for its welcome; a refusal is what it rejects with. */
export async function connectFramed(
  url: string,
  token: string | null = null,
): Promise<FramedConnection> {
  const raw = await openRaw(url);
  const { version: contractVersion, fingerprint } = clubContract;
  const auth = encodeHandshake({
    ...{ dialect: 'framed', token, contractVersion, fingerprint, rooms: [] },
  });
  raw.send(`40${JSON.stringify(auth)}`);
  const refusal = raw.next('44').then((answer) => Promise.reject(JSON.parse(answer.slice(2))));
  // The race may be over when the connection ends.
  refusal.catch(() => {});
  await Promise.race([raw.next('4W'), refusal]);
  let count = 0;
  return {
    raw,
    async ask(name, argument) {
      const id = count++;
      raw.send(`42${id}${JSON.stringify([name, argument])}`);
      const start = `43${id}[`;
      return JSON.parse((await raw.next(start)).slice(start.length - 1))[0];
    },
    [Symbol.dispose]: () => raw.terminate(),
  };
}
