import type { SeededRandom } from '../random/seededRandom.ts';
import { arbitraryBytes } from './arbitraryBytes.ts';
import { ArbitraryMessage } from './arbitraryMessage.ts';
import type { FuzzRecord } from './fuzzRecord.ts';
import { framedAuth } from './performCase.ts';
import { RawWebSocket } from './rawWebSocket.ts';
import { webSocketFrame } from './webSocketBytes.ts';

export interface FuzzOptions {
  readonly port: number;
  readonly random: SeededRandom;
  readonly record: FuzzRecord;
  /** Waits until so many frames more may be sent. */
  pace(frames: number): Promise<void>;
}

/** Longer than any limit of the server. */
const patienceMs = 15_000;
const maxBatch = 16;

/** Fuzzes one WebSocket until the server closes it, or nobody wants to go on. */
export async function fuzzWebSocket(options: FuzzOptions): Promise<void> {
  const { port, random, record } = options;
  record.connections += 1;
  const socket = new RawWebSocket(port);
  const messages = new ArbitraryMessage(random);
  try {
    await socket.until((text) => text.startsWith('0'), patienceMs);
    const isFramed = random.chance(0.5);
    const isConnected = await connect(socket, options, messages, isFramed);
    const probe = isFramed ? '["roomcast:leave",[]]' : '["ping"]';
    for (let batch = 0; isConnected && batch < 20; batch += 1) {
      if (!(await fuzzBatch(socket, options, messages, { batch, probe }))) return;
    }
    record.closed += socket.isClosed ? 1 : 0;
  } finally {
    socket.terminate();
  }
}

/** @returns whether the server has let it in */
async function connect(
  socket: RawWebSocket,
  { random, record, pace }: FuzzOptions,
  messages: ArbitraryMessage,
  isFramed: boolean,
): Promise<boolean> {
  const isFuzzed = random.chance(0.1);
  const sound = JSON.stringify(isFramed ? framedAuth : {});
  const rest = random.chance(0.5)
    ? `{"token":${messages.json(1)},"roomcast":${messages.json(3)}}`
    : messages.wild();
  if (isFuzzed) {
    await pace(1);
    count(record, 1);
  }
  socket.send(isFuzzed ? `40${rest}` : `40${sound}`);
  // Of another namespace nobody has to say anything.
  const answer = await socket
    .until((text) => /^4[04]/.test(text), isFuzzed ? 500 : patienceMs)
    .catch(() => undefined);
  return answer?.startsWith('40{') ?? false;
}

/** @returns whether the connection goes on */
async function fuzzBatch(
  socket: RawWebSocket,
  { random, record, pace }: FuzzOptions,
  messages: ArbitraryMessage,
  { batch, probe }: { readonly batch: number; readonly probe: string },
): Promise<boolean> {
  const frames = Array.from({ length: random.integer(1, maxBatch) }, () =>
    webSocketFrame(messages.formed()),
  );
  const isBroken = random.chance(0.1);
  if (isBroken) frames.push(arbitraryBytes(random, messages.formed()));
  else if (random.chance(0.3)) frames.push(webSocketFrame(messages.wild()));
  await pace(frames.length);
  count(record, frames.length);
  const id = 1_000_000 + batch;
  const bytes = Buffer.concat(frames);
  socket.write(bytes);
  // Behind half a frame nothing is a frame any more, and only the end of the stream ends that.
  if (isBroken) socket.end();
  else socket.send(`42${id}${probe}`);
  const answer = await socket
    .until((text) => text.startsWith(`43${id}[`), patienceMs)
    .catch(() => record.silent.push(bytes.toString('base64').slice(0, 2_000)));
  if (socket.isClosed) record.closed += 1;
  else if (answer) record.answered += 1;
  return !socket.isClosed && typeof answer === 'string';
}

function count(record: FuzzRecord, frames: number): void {
  record.frames += frames;
  record.webSocketFrames += frames;
}
