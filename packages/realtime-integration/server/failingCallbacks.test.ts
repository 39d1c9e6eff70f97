import { createMemoryBroker } from '@roomcast/realtime-broker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import type { WebSocketManagerOptions } from '@roomcast/realtime-server';
import { startTestServer } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { type ClubContract, clubContract } from './clubContract.ts';
import { connectPlain, refusalOf } from './plainClient.ts';

const contract = clubContract;
type Options = Partial<WebSocketManagerOptions<ClubContract>>;

const fail = (): never => {
  throw new Error('a defect of the application');
};
const reject = () => Promise.reject(new Error('a defect of the application'));
const broken = { debug: fail, info: fail, warn: fail, error: fail };

/** Everything that a server does for its clients, while one of its callbacks fails. */
async function useServer(options: Options): Promise<void> {
  await using server = await startTestServer(contract, {
    authorise: (_, rooms) => rooms.map(() => true),
    actions: { say: ({ text }) => ({ length: text.length }) },
    ...options,
  });
  const auth = { token: await server.tokenFor('alice') };
  using witness = await connectPlain(server.url, { auth });
  await witness.ask('join-event', '1');
  expect((await refusalOf(server.url, { auth: { token: 'forged' } })).data?.code).toBe(
    'AUTHENTICATION_FAILED',
  );
  expect(await witness.ask('authenticate', 'forged')).toMatchObject({ ok: false });
  expect(await witness.ask('join-team', '1')).toMatchObject({ ok: true });
  expect(await witness.ask('say', { text: 'hello' })).toMatchObject({ ok: true });
  expect(await witness.ask('say', { text: 7 })).toMatchObject({ ok: false });
  await server.manager.broadcastToEvent('1', 'said', { text: 'hello' });
  await eventually(() => expect(witness.received('said')).toEqual([{ text: 'hello' }]));
}

describe('nobody notices', () => {
  it.each<[string, Options]>([
    ['metrics that throw', { metrics: { count: fail } }],
    ['metrics that reject', { metrics: { count: reject as unknown as () => void } }],
    ['a logger that throws', { logger: broken }],
    ['an onError that throws', { onError: fail }],
    ['all of them failing at once', { metrics: { count: fail }, logger: broken, onError: fail }],
  ])('%s', async (_, options) => {
    await useServer(options);
  });
});

describe('only its caller notices, and learns nothing but a code,', () => {
  const connectBoth = async (options: Options) => {
    const server = await startTestServer(contract, options);
    const auth = { token: await server.tokenFor('alice') };
    return { server, auth };
  };

  it.each([
    ['throws', fail],
    ['rejects', reject],
    ['answers with nothing', () => undefined],
  ])('an authenticate that %s', async (_, callback) => {
    const authenticate = callback as unknown as NonNullable<Options['authenticate']>;
    const { server } = await connectBoth({ authenticate });
    await using _server = server;
    using guest = await connectPlain(server.url);
    expect((await refusalOf(server.url, { auth: { token: 'x' } })).data?.code).toBe(
      'AUTHENTICATION_FAILED',
    );
    expect(await guest.ask('authenticate', 'x')).toMatchObject({
      error: { code: 'AUTHENTICATION_FAILED' },
    });
    expect(await guest.ask('join-event', '1')).toMatchObject({ ok: true });
  });

  it.each([
    ['throws', fail],
    ['rejects', reject],
    ['answers with nothing', () => undefined],
  ])('an authorise that %s', async (_, callback) => {
    const authorise = callback as unknown as NonNullable<Options['authorise']>;
    const { server, auth } = await connectBoth({ authorise });
    await using _server = server;
    using client = await connectPlain(server.url, { auth });
    expect(await client.ask('join-team', '1')).toEqual({
      ok: false,
      error: {
        code: 'INTERNAL',
        message: expect.stringMatching(/^Authorisation failed\.( See \S+)?$/),
      },
    });
    expect(await client.ask('join-event', '1')).toMatchObject({ ok: true });
    expect(server.errors).toMatchObject([{ source: 'authorise' }]);
  });

  it('an authorise that hangs', async () => {
    const { server, auth } = await connectBoth({
      ...{ authorise: () => new Promise(() => {}), authorisationTimeoutMs: 30 },
    });
    await using _server = server;
    using client = await connectPlain(server.url, { auth });
    const answers = await Promise.all([
      client.ask('join-team', '1'),
      client.ask('join-event', '1'),
    ]);
    expect(answers).toMatchObject([{ error: { code: 'INTERNAL' } }, { ok: true }]);
  });

  it('a schema that throws', async () => {
    const { server, auth } = await connectBoth({ actions: { look: () => 'around' } });
    await using _server = server;
    vi.spyOn(contract.actions.look.input['~standard'], 'validate').mockImplementationOnce(fail);
    using client = await connectPlain(server.url, { auth });
    expect(await client.ask('look', null)).toMatchObject({ error: { code: 'INTERNAL' } });
    expect(await client.ask('look', null)).toEqual({ ok: true, value: 'around' });
    expect(server.errors).toMatchObject([{ source: 'request "look"' }]);
  });
});

it('a heartbeat that cannot be published is reported, and the next one is tried', async () => {
  const broker = createMemoryBroker();
  const publish = vi.spyOn(broker, 'publish').mockRejectedValueOnce(new Error('no log'));
  await using server = await startTestServer(eventContract, {
    ...{ broker, heartbeatIntervalMs: 20 },
  });
  await eventually(() => expect(publish.mock.calls.length).toBeGreaterThan(1));
  expect(server.errors).toMatchObject([{ source: 'heartbeat', error: { message: 'no log' } }]);
});

it('counts and logs say what happened', async () => {
  const count = vi.fn();
  const info = vi.fn();
  const silent = () => {};
  await using server = await startTestServer(contract, {
    metrics: { count },
    logger: { debug: silent, warn: silent, error: silent, info },
  });
  await refusalOf(server.url, { auth: { token: 'forged' } });
  using _guest = await connectPlain(server.url);
  await server.manager.broadcastToEvent('1', 'said', { text: 'hello' });
  expect(count.mock.calls.map(([name, labels]) => [name, labels])).toEqual([
    ['roomcast_handshakes_total', { result: 'AUTHENTICATION_FAILED' }],
    ['roomcast_handshakes_total', { result: 'admitted' }],
    ['roomcast_events_published_total', { event: 'said' }],
  ]);
  expect(info.mock.calls).toMatchObject([[{ err: { cause: {} } }, 'a token was refused']]);
});
