import { ArbitraryMessage } from './arbitraryMessage.ts';
import { arbitraryRequest } from './arbitraryRequest.ts';
import type { FuzzOptions } from './fuzzWebSocket.ts';
import { exchange } from './httpBytes.ts';
import { framedAuth } from './performCase.ts';
import { PollingSession } from './pollingSession.ts';

const separator = '\x1e';
const maxBatch = 24;
const maxBatches = 12;

/** Fuzzes one session that polls until the server ends it, or nobody wants to go on. */
export async function fuzzPolling(options: FuzzOptions): Promise<void> {
  const { port, random, record, pace } = options;
  record.connections += 1;
  const messages = new ArbitraryMessage(random);
  const isFramed = random.chance(0.5);
  const session = await PollingSession.open(port, isFramed ? framedAuth : {});
  for (let batch = 0; batch < maxBatches; batch += 1) {
    const packets = Array.from({ length: random.integer(1, maxBatch) }, () => messages.formed());
    if (random.chance(0.3)) packets.push(messages.wild());
    await pace(packets.length);
    record.frames += packets.length;
    record.pollingFrames += packets.length;
    const probe = `42${batch}${isFramed ? '["roomcast:leave",[]]' : '["ping"]'}`;
    const posted = await session.post([...packets, probe].join(separator));
    const polled = await session.request();
    if (!posted.isClosed || !polled.isClosed)
      record.silent.push(packets.join(separator).slice(0, 2_000));
    if (polled.status !== 200) {
      record.closed += 1;
      return;
    }
    record.answered += 1;
    if (random.chance(0.2)) await fuzzRequest(options, messages, session.sid);
  }
  await session.post('1');
}

/** A request that is wrong itself; the client hangs up behind it, so that there is an end. */
async function fuzzRequest(
  { port, random, record, pace }: FuzzOptions,
  messages: ArbitraryMessage,
  sid: string,
): Promise<void> {
  await pace(1);
  record.frames += 1;
  record.pollingFrames += 1;
  const bytes = arbitraryRequest(random, sid, messages.wild());
  const { isClosed } = await exchange(port, bytes, { isLast: true });
  if (!isClosed) record.silent.push(bytes.toString('latin1').slice(0, 2_000));
}
