import { ActionError } from '@roomcast/realtime-contract';
import { describe, expect, it, vi } from 'vitest';
import type { Carrier } from './carrier.ts';
import { connectFramed } from './framedConnection.ts';
import { connectByHand } from './plainConnection.ts';
import type { Acknowledgement } from './socketIoByHand.ts';
import { type BoardOptions, room, startBoard, tokenOf } from './startBoard.ts';

interface Asker extends Disposable {
  readonly raw: Carrier;
  ask(name: string, ...args: readonly unknown[]): Promise<Acknowledgement>;
}

type Open = (url: string, token?: string) => Promise<Asker>;

const failure = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });
const alice = tokenOf('alice');
const dialects: [string, Open][] = [
  ['the framed dialect', (url, token) => connectFramed(url, { token })],
  ['the plain dialect', (url, token) => connectByHand(url, { token })],
];
const roundTrip = (asker: Asker) => asker.ask('dance');

describe.each(dialects)('an action in %s', (_, open) => {
  const say = vi.fn(({ text }: { text: string }) => ({ length: text.length }));

  it('is acknowledged with its value, under the number of the request', async () => {
    await using board = await startBoard({ actions: { say } });
    using asker = await open(board.url, alice);
    asker.raw.send('421234["say",{"text":"hello"}]');
    expect(await asker.raw.next('431234')).toBe('431234[{"ok":true,"value":{"length":5}}]');
  });

  it('has one argument that counts', async () => {
    const look = vi.fn((input: unknown) => input ?? 'nothing');
    await using board = await startBoard({ actions: { look } });
    using asker = await open(board.url);
    expect(await asker.ask('look')).toEqual({ ok: true, value: 'nothing' });
    expect(await asker.ask('look', 'one', 'two')).toEqual({ ok: true, value: 'one' });
    // A text in the last place is an argument like any other.
    expect(await asker.ask('look', { far: 'away' }, 'two')).toEqual({
      ...{ ok: true, value: { far: 'away' } },
    });
  });

  it('is done all the same where nobody asks for an acknowledgement', async () => {
    say.mockClear();
    await using board = await startBoard({ actions: { say } });
    using asker = await open(board.url, alice);
    asker.raw.send('42["say",{"text":"hello"}]');
    await roundTrip(asker);
    expect(say).toHaveBeenCalledOnce();
    expect(asker.raw.messages.filter((message) => message.startsWith('43'))).toHaveLength(1);
  });

  it('is refused with a code, and with nothing that is not meant for the client', async () => {
    const actions: BoardOptions['actions'] = {
      look: () => Promise.reject(new Error('password of the database')),
      say: () => {
        throw new ActionError('TOO_LOUD', 'People sleep.');
      },
    };
    await using board = await startBoard({ actions });
    using guest = await open(board.url);
    using asker = await open(board.url, alice);
    const asked: [Promise<Acknowledgement>, string][] = [
      [asker.ask('sing'), 'UNKNOWN_EVENT'],
      [asker.ask('dance'), 'UNKNOWN_EVENT'],
      [asker.ask('said', { text: 'x' }), 'UNKNOWN_EVENT'],
      [guest.ask('say', { text: 'x' }), 'UNAUTHENTICATED'],
      [asker.ask('say', { text: 7 }), 'INVALID_PAYLOAD'],
      [asker.ask('say', { text: 'x' }), 'TOO_LOUD'],
      [guest.ask('look'), 'ACTION_FAILED'],
    ];
    for (const [answer, code] of asked) expect(await answer).toEqual(failure(code));
    const answers = await Promise.all(asked.map(([answer]) => answer));
    expect(JSON.stringify(answers)).not.toContain('password');
  });

  it('is refused with ACTION_TIMEOUT when its time is over', async () => {
    const look = vi.fn(() => new Promise(() => {}));
    await using board = await startBoard({ actions: { look } });
    using asker = await open(board.url);
    const answer = asker.ask('look');
    await vi.waitFor(() => expect(look).toHaveBeenCalled());
    board.clock.advance(10_000);
    expect(await answer).toEqual(failure('ACTION_TIMEOUT'));
  });

  it('does not wait for others', async () => {
    const finish: (() => void)[] = [];
    const look = vi.fn((input) => new Promise((resolve) => finish.push(() => resolve(input))));
    await using board = await startBoard({ actions: { look } });
    using asker = await open(board.url);
    const answers = [asker.ask('look', 1), asker.ask('look', 2)];
    await vi.waitFor(() => expect(finish).toHaveLength(2));
    finish[1]?.();
    expect(await answers[1]).toEqual({ ok: true, value: 2 });
    finish[0]?.();
    expect(await answers[0]).toEqual({ ok: true, value: 1 });
  });

  it('beyond 256 that wait for their answer is refused, and its time comes again', async () => {
    const finish: (() => void)[] = [];
    const look = vi.fn((input) => new Promise((resolve) => finish.push(() => resolve(input))));
    await using board = await startBoard({ actions: { look } });
    using asker = await open(board.url);
    const answers = Array.from({ length: 256 }, (_, index) => asker.ask('look', index));
    expect(await asker.ask('look')).toEqual(failure('LIMIT_EXCEEDED'));
    for (const resolve of finish.splice(0)) resolve();
    expect((await Promise.all(answers)).every(({ ok }) => ok)).toBe(true);
    const again = asker.ask('look', 'again');
    await vi.waitFor(() => expect(finish).toHaveLength(1));
    finish[0]?.();
    expect(await again).toEqual({ ok: true, value: 'again' });
  });
});

describe('joins, leaves and other tokens', () => {
  const names = (texts: readonly string[]) => texts.map((text) => text.slice(0, 5));

  it('take effect in the order in which they were sent, and are answered in it', async () => {
    const finish: (() => void)[] = [];
    const authorise: BoardOptions['authorise'] = (_, asked) =>
      new Promise((resolve) => finish.push(() => resolve(asked.map(() => true))));
    await using board = await startBoard({ authorise });
    using framed = await connectFramed(board.url, { token: alice });
    framed.raw.send(
      '42100["roomcast:join",[{"room":"team-1"}]]',
      '42101["roomcast:leave",["team-1"]]',
      '42102["roomcast:join",[{"room":"event-1"}]]',
      '42103["roomcast:leave",["event-1"]]',
      '42104["roomcast:join",[{"room":"event-2"}]]',
    );
    await vi.waitFor(() => expect(finish).toHaveLength(1));
    await roundTrip(framed);
    finish[0]?.();
    await framed.raw.next('43104');
    const answers = framed.raw.messages.filter((message) => /^4310/.test(message));
    expect(names(answers)).toEqual(['43100', '43101', '43102', '43103', '43104']);
    const rooms = ['event-2', 'global', 'user-alice'];
    expect([...board.manager.getActiveRooms()].sort()).toEqual(rooms);
  });

  it('are refused beyond 256 that wait', async () => {
    const authorise = vi.fn(() => new Promise<never>(() => {}));
    await using board = await startBoard({ authorise });
    using framed = await connectFramed(board.url, { token: alice });
    void framed.join({ room: 'team-1' }).catch(() => {});
    await vi.waitFor(() => expect(authorise).toHaveBeenCalled());
    for (let count = 1; count < 256; count += 1) void framed.settle().catch(() => {});
    expect(await framed.ask('roomcast:leave', [room])).toEqual(failure('LIMIT_EXCEEDED'));
  });
});

describe('the requests of one dialect', () => {
  it.each(['authenticate', 'ping', 'join-event', 'leave-event'])(
    'are unknown in the other: %s',
    async (name) => {
      await using board = await startBoard();
      using framed = await connectFramed(board.url);
      expect(await framed.ask(name, '1')).toEqual(failure('UNKNOWN_EVENT'));
    },
  );

  it.each(['roomcast:join', 'roomcast:leave', 'roomcast:history', 'roomcast:authenticate'])(
    'are unknown in the other: %s',
    async (name) => {
      await using board = await startBoard();
      using plain = await connectByHand(board.url);
      expect(await plain.ask(name, [])).toEqual(failure('UNKNOWN_EVENT'));
    },
  );
});
