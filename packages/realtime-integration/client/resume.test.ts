import type { RealtimeClient } from '@roomcast/realtime-client';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import type { BoardContract } from '../protocol/boardContract.ts';
import type { Board } from '../protocol/startBoard.ts';
import { type AwayOptions, startAway } from './startAway.ts';

const day = 24 * 60 * 60_000;

describe('a client that was cut off', () => {
  it('misses nothing over 20 cuts in a row with no new event between them', async () => {
    await using away = await startAway();
    const { board, heard, recoveries } = away;
    await board.say('before');
    await away.isUpToDate();
    for (let round = 0; round < 20; round += 1) {
      await away.cut();
      await away.back();
    }
    await away.cut();
    await board.say('while away');
    await away.back();
    // By itself: the next publication would show the hole.
    await away.isUpToDate();
    await board.say('after');
    await away.isUpToDate();
    expect(heard).toEqual(['before', 'while away', 'after']);
    expect(recoveries).toEqual(['fresh', ...Array(21).fill('resumed')]);
  });

  type Act = (board: Board, client: RealtimeClient<BoardContract>) => Promise<unknown>;
  const between: [what: string, told: string[], act: Act][] = [
    ['a volatile event', ['alice'], (board) => board.type('alice')],
    ['an acked event', [], (_, client) => client.call('say', { text: 'hello' })],
    [
      // Which Socket.IO's own recovery takes for an offset.
      'an event whose last argument is a string',
      ['a text'],
      ({ manager }) => manager.broadcastToEvent('1', 'titled', 'a text'),
    ],
    ['an event that replaces a value', ['A 9'], (board) => board.price('A', 9)],
  ];
  it.each(between)('misses nothing where %s came between two cuts', async (_, told, act) => {
    await using away = await startAway({
      actions: { say: ({ text }) => ({ length: text.length }) },
    });
    const { board, client, heard } = away;
    await board.say('one');
    await away.isUpToDate();
    await away.cut();
    await away.back();
    await act(board, client);
    await eventually(() => expect(heard).toEqual(['one', ...told]));
    await away.cut();
    await board.say('two');
    await away.back();
    await away.isUpToDate();
    expect(heard).toEqual(['one', ...told, 'two']);
    expect(away.recoveries).toEqual(['fresh', 'resumed', 'resumed']);
  });

  it('misses nothing although the room was quiet for longer than the window', async () => {
    await using away = await startAway();
    const { board, heard } = away;
    await board.say('one');
    await away.isUpToDate();
    board.clock.advance(day);
    await away.cut();
    await board.say('two');
    await away.back();
    await away.isUpToDate();
    expect(heard).toEqual(['one', 'two']);
    expect(away.recoveries).toEqual(['fresh', 'resumed']);
  });

  it('is told of no gap where it was away for longer than the window and nothing happened', async () => {
    await using away = await startAway();
    const { board, heard } = away;
    await board.say('one');
    await away.isUpToDate();
    await away.cut();
    board.clock.advance(day);
    await away.back();
    await board.say('two');
    await away.isUpToDate();
    expect(heard).toEqual(['one', 'two']);
    expect(away.recoveries).toEqual(['fresh', 'resumed']);
  });

  it('misses nothing although it had received nothing before the cut', async () => {
    await using away = await startAway();
    await away.cut();
    await away.board.say('one', 'two');
    await away.back();
    await away.isUpToDate();
    expect(away.heard).toEqual(['one', 'two']);
    expect(away.recoveries).toEqual(['fresh', 'resumed']);
  });

  it('gets more than a page of what it missed, each once and in order', async () => {
    await using away = await startAway({ log: { history: { maxPublications: 1_000 } } });
    const texts = Array.from({ length: 700 }, (_, index) => `${index}`);
    await away.cut();
    await away.board.say(...texts);
    await away.back();
    await away.isUpToDate();
    expect(away.heard).toEqual(texts);
    expect(away.recoveries).toEqual(['fresh', 'resumed']);
  });
});

describe('a client that cannot have what it missed', () => {
  it('is told that the room was forgotten and created again, and goes on', async () => {
    await using away = await startAway({ log: { maxRooms: 1 } });
    const { board, room } = away;
    await board.say('one', 'two');
    await away.isUpToDate();
    const held = room.position;
    await away.cut();
    await board.manager.broadcastToEvent('2', 'said', { text: 'elsewhere' });
    await board.say('lost');
    await away.back();
    await board.say('a new life');
    await away.isUpToDate();
    expect(away.recoveries).toEqual(['fresh', 'gap epoch-changed unknown']);
    expect(room.position?.epoch).not.toBe(held?.epoch);
    expect(away.heard).toEqual(['one', 'two', 'a new life']);
  });

  const gaps: [reason: string, options: AwayOptions, awayMs: number][] = [
    ['overflow', { log: { history: { maxPublications: 2 } } }, 0],
    ['expired', { log: { history: { maxAgeMs: 60_000 } } }, 60_001],
    ['limit', { maxReplay: 2 }, 0],
  ];
  it.each(gaps)('is told `%s` and how many it missed, and goes on', async (reason, options, ms) => {
    await using away = await startAway(options);
    const { board } = away;
    await board.say('one');
    await away.isUpToDate();
    await away.cut();
    await board.say('two', 'three', 'four');
    board.clock.advance(ms);
    await away.back();
    await board.say('five');
    await away.isUpToDate();
    expect(away.recoveries).toEqual(['fresh', `gap ${reason} 3`]);
    expect(away.heard).toEqual(['one', 'five']);
  });
});
