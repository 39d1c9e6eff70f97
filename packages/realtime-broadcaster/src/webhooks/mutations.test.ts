import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWebhookReceiver } from './createWebhookReceiver.ts';
import {
  broadcasterTo,
  delivery,
  FakeClock,
  FakeLog,
  nowMs,
  otherSecret,
  purchaseBody,
  secret,
} from './deliveries.test-d.ts';
import type { RawDelivery } from './deliveryReceiver.ts';

/** 10,000 for the figure of the release; a thousand notice what breaks the rules. */
const count = Number(process.env.WEBHOOK_MUTATIONS ?? 1_000);
const randomSeed = Date.now() % 2 ** 31;

const original = delivery();
const header = (name: string) => String(original.headers[name]);
const id = header('webhook-id');
const timestamp = header('webhook-timestamp');
const signature = header('webhook-signature');

/** A text with something put in, taken out, replaced or moved; it may come out as it was. */
function mutated(text: string): fc.Arbitrary<string> {
  const inserted = fc.oneof(
    fc.string({ minLength: 1, maxLength: 3, unit: 'binary' }),
    fc.constantFrom(' ', '\t', '\0', '.', ',', '=', '0', '\uFEFF', '%20', '\r\n'),
  );
  const place = fc.nat(text.length);
  return fc.oneof(
    fc.tuple(place, fc.nat(2), inserted).map(([at, remove, added]) => {
      return text.slice(0, at) + added + text.slice(at + remove);
    }),
    fc.tuple(place, fc.integer({ min: 1, max: 40 })).map(([at, remove]) => {
      return text.slice(0, at) + text.slice(at + remove);
    }),
    fc.tuple(place, place).map(([at, to]) => {
      const char = text.charAt(at);
      const rest = text.slice(0, at) + text.slice(at + 1);
      return rest.slice(0, to) + char + rest.slice(to);
    }),
    fc.constantFrom(text.toUpperCase(), text.toLowerCase(), text + text, ''),
    fc.string({ maxLength: 100 }),
  );
}

function withHeader(name: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<RawDelivery> {
  return values.map((value) => ({
    ...original,
    headers: { ...original.headers, [name]: value as string },
  }));
}

function withBody(bodies: fc.Arbitrary<Uint8Array>): fc.Arbitrary<RawDelivery> {
  return bodies.map((rawBody) => ({ ...original, rawBody }));
}

/** Other shapes than a text: missing, repeated, or no text at all. */
function shapes(value: string): fc.Arbitrary<unknown> {
  return fc.constantFrom(undefined, null, [], [value, value], [value, ''], {}, 7, true);
}

/** What is signed is one text with two dots; this cuts it at other places. */
const cutElsewhere = fc.nat(`${id}.${timestamp}.${purchaseBody}`.length).map((at): RawDelivery => {
  const signed = `${id}.${timestamp}.${purchaseBody}`;
  const [head, tail] = [signed.slice(0, at), signed.slice(at)];
  const [cutId = '', ...rest] = head.split('.');
  return {
    headers: { ...original.headers, 'webhook-id': cutId, 'webhook-timestamp': rest.join('.') },
    rawBody: Buffer.from(tail.replace(/^\./, '')),
  };
});

const flippedBit = fc.nat(purchaseBody.length * 8 - 1).map((bit) => {
  const bytes = Buffer.from(purchaseBody);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes;
});

const versions = fc.constantFrom(
  'v1a',
  'v2',
  'V1',
  'v01',
  'v',
  '',
  'sha256',
  'v1 ',
  ' v1',
  'v1,v1',
);

const mutations: fc.Arbitrary<RawDelivery> = fc.oneof(
  withHeader('webhook-id', fc.oneof(mutated(id), shapes(id))),
  withHeader('webhook-timestamp', fc.oneof(mutated(timestamp), shapes(timestamp))),
  withHeader(
    'webhook-timestamp',
    fc.integer({ min: -400, max: 400 }).map((offset) => String(Number(timestamp) + offset)),
  ),
  withHeader('webhook-signature', fc.oneof(mutated(signature), shapes(signature))),
  withHeader(
    'webhook-signature',
    versions.map((version) => `${version},${signature.slice(3)}`),
  ),
  withHeader(
    'webhook-signature',
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => {
      return `v1,${Buffer.from(bytes).toString('base64')}`;
    }),
  ),
  withBody(mutated(purchaseBody).map((text) => Buffer.from(text))),
  withBody(flippedBit),
  withBody(fc.uint8Array({ maxLength: 200 })),
  cutElsewhere,
  fc.constant(delivery({ secret: otherSecret })),
);

/** As HTTP would deliver it: the same names and values, and the same bytes. */
function isOriginal({ headers, rawBody }: RawDelivery): boolean {
  return (
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].every(
      (name) => headers[name] === original.headers[name],
    ) && Buffer.from(rawBody).equals(original.rawBody)
  );
}

/** Entries beside the fitting one are how providers rotate, so they are no forgery. */
function isSignedTwice({ headers }: RawDelivery): boolean {
  return String(headers['webhook-signature']).split(' ').includes(signature);
}

test.each([
  ['a fixed', 20_260_504],
  [`the random seed ${randomSeed}, which is a`, randomSeed],
])(`of ${count} mutations none is accepted, with %s seed`, async (_, seed) => {
  const log = new FakeLog();
  const clock = new FakeClock();
  let tried = 0;
  const forgery = fc.asyncProperty(mutations, async (mutation) => {
    fc.pre(!isOriginal(mutation));
    const onlySignature =
      mutation.headers['webhook-id'] === id &&
      mutation.headers['webhook-timestamp'] === timestamp &&
      mutation.rawBody === original.rawBody;
    fc.pre(!(onlySignature && isSignedTwice(mutation)));
    // A receiver that knows nothing yet: an id that it has seen would be acknowledged.
    const broadcaster = broadcasterTo(log, clock);
    const receiver = createWebhookReceiver({ secrets: [secret], broadcaster, clock });
    tried += 1;
    const { status } = await receiver.receive(mutation);
    expect([400, 401, 413]).toContain(status);
  });
  await fc.assert(forgery, { seed, numRuns: count });
  expect(tried).toBeGreaterThanOrEqual(count);
  expect(log.attempts).toEqual([]);
});

test('what is not mutated is accepted', async () => {
  const clock = new FakeClock();
  const receiver = createWebhookReceiver({
    secrets: [secret],
    broadcaster: broadcasterTo(new FakeLog()),
    clock,
  });
  expect(clock.now()).toBe(nowMs);
  expect((await receiver.receive(original)).status).toBe(200);
});
