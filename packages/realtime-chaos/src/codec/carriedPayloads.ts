import { isDeepStrictEqual } from 'node:util';
import { createRealtimeClient } from '@roomcast/realtime-client';
import { MessageCompressor } from '@roomcast/realtime-compression';
import { startTestServer } from '@roomcast/realtime-testing';
import { io } from 'socket.io-client';
import type { SeededRandom } from '../random/seededRandom.ts';
import type { ScenarioContext } from '../scenario.ts';
import { Changes } from '../waiting/changes.ts';
import { codecContract } from './codecContract.ts';
import type { PartResult } from './partResult.ts';
import { randomPayload } from './randomPayload.ts';

type TransportName = 'websocket' | 'polling';

const transports: readonly TransportName[] = ['websocket', 'polling'];
const eventId = '1';
const maxBurst = 60;

/** One way to a handler: what came there is compared with what was published, in its order. */
interface Carrier extends AsyncDisposable {
  readonly name: string;
  /** How many publications came compressed; null where that cannot be seen. */
  readonly compressed: () => number | null;
}

interface Arrivals {
  /** The next publication, as its handler got it. */
  take(carrier: string, payload: unknown): void;
}

/**
 * Publishes payloads in bursts to our client and a stock one that asks for compression, over each
 * transport.
 *
 * @param count - payloads times transports
 * @param carry - what becomes of a payload on its way, for a test of what this finds
 */
export async function carryPayloads(
  random: SeededRandom,
  count: number,
  { signal, onDone }: Pick<ScenarioContext, 'signal'> & { onDone(done: number): void },
  carry: (payload: unknown, index: number) => unknown = (payload) => payload,
): Promise<PartResult> {
  const bytes = { text: 0, sent: 0 };
  await using server = await startTestServer(codecContract, {
    record: false,
    metrics: {
      count(counter, labels, by = 1) {
        if (counter !== 'roomcast_compressed_frame_bytes_total') return;
        bytes[labels?.form === 'text' ? 'text' : 'sent'] += by;
      },
    },
  });
  const changes = new Changes();
  const published: unknown[] = [];
  const arrived = new Map<string, number>();
  const failures: string[] = [];
  const arrivals: Arrivals = {
    take(carrier, payload) {
      const index = arrived.get(carrier) ?? 0;
      arrived.set(carrier, index + 1);
      if (!isDeepStrictEqual(payload, published[index])) {
        failures.push(
          `payload ${index} over ${carrier} came as ${shown(payload)} instead of ${shown(published[index])}`,
        );
      }
      changes.tell();
    },
  };
  await using carriers = new AsyncDisposableStack();
  const all: Carrier[] = [];
  for (const transport of transports) {
    for (const open of [openOurs, openStock]) {
      const carrier = carriers.use(await open(server.url, transport, arrivals));
      arrived.set(carrier.name, 0);
      all.push(carrier);
    }
  }
  const total = Math.ceil(count / transports.length);
  while (published.length < total && !signal.aborted && failures.length === 0) {
    const burst = Math.min(random.integer(1, maxBurst), total - published.length);
    for (let left = burst; left > 0; left -= 1) {
      const payload = randomPayload(random);
      // As JSON has it: -0 is 0, and so on.
      published.push(JSON.parse(JSON.stringify(payload)));
      const carried = carry(payload, published.length - 1);
      await server.manager.broadcastToEvent(eventId, 'carried', carried);
    }
    await changes
      .until(
        () => [...arrived.values()].every((came) => came === published.length),
        () => `of ${published.length} payloads came ${JSON.stringify(Object.fromEntries(arrived))}`,
        20_000,
      )
      .catch((error: Error) => failures.push(error.message));
    onDone(published.length * transports.length);
  }
  failures.push(...server.errors.map(({ error, source }) => `${source}: ${error}`));
  const envelopes = all.reduce((sum, { compressed }) => sum + (compressed() ?? 0), 0);
  if (envelopes === 0 || bytes.sent === 0) failures.push('nothing came compressed');
  return {
    passed: failures.length === 0 ? published.length * transports.length : 0,
    failures,
    figures: {
      payloads: published.length * transports.length,
      corruptedPayloads: failures.length,
      compressedEvents: envelopes,
      compressedFrameTextBytes: bytes.text,
      compressedFrameBytes: bytes.sent,
    },
  };
}

async function openOurs(
  url: string,
  transport: TransportName,
  { take }: Arrivals,
): Promise<Carrier> {
  const name = `our client by ${transport}`;
  const client = createRealtimeClient({
    ...{ contract: codecContract, url, transports: [transport] },
  });
  client.on('carried', (payload) => take(name, payload));
  await client.subscribe('event', { eventId }).joined();
  return { name, compressed: () => null, [Symbol.asyncDispose]: () => client.close() };
}

async function openStock(
  url: string,
  transport: TransportName,
  { take }: Arrivals,
): Promise<Carrier> {
  const name = `a stock client by ${transport}`;
  const socket = io(url, { transports: [transport], auth: { compress: true }, forceNew: true });
  let compressed = 0;
  socket.on('carried', (payload) => take(name, payload));
  socket.on('compressed-event', (_event, envelope: string) => {
    compressed += 1;
    take(name, JSON.parse(MessageCompressor.decompressMessage(envelope)));
  });
  await socket.emitWithAck('join-event', eventId);
  return {
    name,
    compressed: () => compressed,
    async [Symbol.asyncDispose]() {
      socket.disconnect();
    },
  };
}

function shown(payload: unknown): string {
  return (JSON.stringify(payload) ?? 'nothing').slice(0, 200);
}
