import { clientRequests, RoomcastError } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeClient } from '../fakes/createFakeClient.ts';
import { opened } from '../fakes/openTransport.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  opened.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(0);
const minutes = 60_000;
const expired = { type: 'token', graceMs: 25_000 } as const;

type Answer = string | null | Error;

/** A client whose token lives for `tokenExpiresInMs`, and then gets these tokens, one a call. */
async function connected(tokenExpiresInMs: number | null, ...answers: Answer[]) {
  const getToken = vi.fn(async () => {
    const [next = 'token-0'] = answers.splice(0, 1);
    if (next instanceof Error) throw next;
    return next;
  });
  answers.unshift('token-0');
  const random = vi.fn(() => 0);
  const fake = createFakeClient({ getToken, random });
  const states: string[] = [];
  await fake.connect([], 'alice', { tokenExpiresInMs });
  fake.client.watchState(({ status }) => states.push(status));
  const sent = () => fake.transport().sent(clientRequests.authenticate);
  const answer = (value: unknown) => {
    fake.transport().lastRequest().accept(value);
    return settled();
  };
  const refuse = (code: 'FORBIDDEN' | 'AUTHENTICATION_FAILED' | 'INTERNAL') => {
    fake.transport().lastRequest().refuse(new RoomcastError(code, 'No.'));
    return settled();
  };
  return { ...fake, getToken, random, states, sent, answer, refuse };
}

describe('a token that will expire', () => {
  it.each([
    ['a minute', 15 * minutes, 14 * minutes],
    ['a fifth of its life', 10_000, 8_000],
  ])('is replaced %s before, on the connection that there is', async (_, lifeMs, afterMs) => {
    const { client, states, sent, answer, getToken } = await connected(lifeMs, 'token-1');
    await vi.advanceTimersByTimeAsync(afterMs - 1);
    expect(getToken).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent()).toEqual(['token-1']);
    await answer({ tokenExpiresInMs: null });
    await vi.advanceTimersByTimeAsync(60 * minutes);
    expect(getToken).toHaveBeenCalledTimes(2);
    expect(client.state.status).toBe('connected');
    expect(states).toEqual([]);
    expect(opened).toHaveLength(1);
  });

  it('is replaced up to twice as early, so that clients do not ask all at once', async () => {
    const { sent, random, answer } = await connected(15 * minutes, 'token-1', 'token-2');
    await vi.advanceTimersByTimeAsync(14 * minutes);
    random.mockReturnValue(0.5);
    await answer({ tokenExpiresInMs: 15 * minutes });
    await vi.advanceTimersByTimeAsync(13.5 * minutes - 1);
    expect(sent()).toEqual(['token-1']);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent()).toEqual(['token-1', 'token-2']);
  });

  it('is replaced again and again, each time by the life of the last', async () => {
    const { sent, answer } = await connected(10_000, 'token-1', 'token-2', 'token-3');
    for (const lifeMs of [10_000, 20_000, 10_000]) {
      await vi.advanceTimersByTimeAsync(lifeMs === 10_000 ? 8_000 : 16_000);
      await answer({ tokenExpiresInMs: lifeMs === 10_000 ? 20_000 : 10_000 });
    }
    expect(sent()).toEqual(['token-1', 'token-2', 'token-3']);
  });

  it('is left alone where the server knows of no end', async () => {
    const { getToken } = await connected(null);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60 * minutes);
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it('is forgotten with the connection', async () => {
    const { client, getToken } = await connected(10_000);
    client.disconnect();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60 * minutes);
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it('whose successor comes after the end of the connection is not replaced on the next', async () => {
    let give = (_token: string) => {};
    const { client, connect, getToken, transport } = await connected(10_000);
    getToken.mockImplementationOnce(() => new Promise((resolve) => (give = resolve)));
    await vi.advanceTimersByTimeAsync(8_000);
    client.disconnect();
    client.connect();
    await connect([], 'alice');
    give('token-late');
    await settled();
    expect(transport().requests).toEqual([]);
  });
});

describe('a token whose time is over', () => {
  it('is replaced at once', async () => {
    const { transport, sent } = await connected(10 * minutes, 'token-1');
    transport().receive(expired);
    await settled();
    expect(sent()).toEqual(['token-1']);
  });

  it('is asked for once, however often the server says so', async () => {
    const { transport, getToken } = await connected(10_000, 'token-1');
    await vi.advanceTimersByTimeAsync(8_000);
    transport().receive(expired);
    transport().receive(expired);
    await settled();
    expect(getToken).toHaveBeenCalledTimes(2);
  });

  it('lets rooms wait that are asked for meanwhile, until there is another', async () => {
    const { client, transport, answer, heard } = await connected(null, 'token-1');
    transport().receive(expired);
    await settled();
    const [authentication] = transport().requests;
    const room = client.subscribe('event', { eventId: '42' });
    await settled();
    transport().lastRequest().refuse(new RoomcastError('TOKEN_EXPIRED', 'The token is over.'));
    await settled();
    expect(room.state).toEqual({ status: 'joining' });
    expect(transport().sent(clientRequests.join)).toHaveLength(1);
    authentication?.accept({ tokenExpiresInMs: null });
    await settled();
    expect(transport().sent(clientRequests.join)).toHaveLength(2);
    const position = { epoch: 'e1', offset: 0, revision: 0 };
    await answer([{ room: 'event-42', status: 'fresh', position }]);
    expect(heard).toEqual(['42: fresh']);
  });
});

describe('a successor', () => {
  const failure = new Error('no network');

  it('that does not come, or is the same token, is asked for again with the backoff', async () => {
    const { getToken, sent, onError } = await connected(10_000, failure, 'token-0', 'token-1');
    await vi.advanceTimersByTimeAsync(8_000);
    expect(getToken).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(100);
    expect(getToken).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(199);
    expect(getToken).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent()).toEqual(['token-1']);
    expect(onError.mock.calls).toEqual([[failure, 'token refresh']]);
  });

  it.each(['AUTHENTICATION_FAILED', 'INTERNAL'] as const)(
    'that the server refuses with %s is reported, and another is asked for',
    async (code) => {
      const { sent, refuse, client, onError } = await connected(10_000, 'token-1', 'token-2');
      await vi.advanceTimersByTimeAsync(8_000);
      await refuse(code);
      await vi.advanceTimersByTimeAsync(100);
      expect(sent()).toEqual(['token-1', 'token-2']);
      expect(client.state.status).toBe('connected');
      expect(onError.mock.calls).toEqual([[expect.objectContaining({ code }), 'token refresh']]);
    },
  );

  it('whose answer has no form is asked for again', async () => {
    const { sent, answer } = await connected(10_000, 'token-1', 'token-2');
    await vi.advanceTimersByTimeAsync(8_000);
    await answer({ tokenExpiresInMs: 'soon' });
    await vi.advanceTimersByTimeAsync(100);
    expect(sent()).toEqual(['token-1', 'token-2']);
  });

  it('that is taken ends the counting of failures', async () => {
    const answers = [failure, failure, 'token-1', failure, 'token-2'];
    const { getToken, answer } = await connected(10_000, ...answers);
    await vi.advanceTimersByTimeAsync(8_000 + 100 + 200);
    await answer({ tokenExpiresInMs: 10_000 });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(getToken).toHaveBeenCalledTimes(5);
    await vi.advanceTimersByTimeAsync(100);
    expect(getToken).toHaveBeenCalledTimes(6);
  });

  it('that is the one before once more is not sent', async () => {
    const answers = ['token-1', 'token-1', 'token-2'];
    const { sent, answer } = await connected(10_000, ...answers);
    await vi.advanceTimersByTimeAsync(8_000);
    await answer({ tokenExpiresInMs: 10_000 });
    await vi.advanceTimersByTimeAsync(8_000 + 100);
    expect(sent()).toEqual(['token-1', 'token-2']);
  });

  it('that is null leaves the connection to its end, and asks once more there', async () => {
    const { getToken, transport, client, sent } = await connected(10_000, null, null);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(getToken).toHaveBeenCalledTimes(2);
    transport().receive(expired);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(getToken).toHaveBeenCalledTimes(3);
    expect(sent()).toEqual([]);
    expect(client.state.status).toBe('connected');
  });

  it('of another user is for another connection, which is opened at once', async () => {
    const answers = ['token-bob', 'token-bob'];
    const { client, states, refuse, connect, onError } = await connected(10_000, ...answers);
    await vi.advanceTimersByTimeAsync(8_000);
    await refuse('FORBIDDEN');
    expect(opened[0]?.isClosed).toBe(true);
    const next = await connect([], 'bob');
    expect(next.token).toBe('token-bob');
    expect(client.state).toMatchObject({ status: 'connected', userId: 'bob' });
    expect(states).toEqual(['reconnecting', 'connected']);
    expect(onError).not.toHaveBeenCalled();
  });
});

it('leaves no timer behind when the client is closed', async () => {
  const { client } = await connected(10_000, new Error('no network'));
  await vi.advanceTimersByTimeAsync(8_000);
  expect(vi.getTimerCount()).toBe(1);
  await client.close();
  expect(vi.getTimerCount()).toBe(0);
});
