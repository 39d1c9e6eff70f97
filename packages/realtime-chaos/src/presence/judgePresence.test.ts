import { expect, it } from 'vitest';
import { judgePresence, type PresenceEvidence, type SeenMember } from './judgePresence.ts';
import { crowd, maxMembers } from './presenceContract.ts';

const alice: SeenMember = { id: 'a', userId: 'u1', name: 'alice', version: 2 };
const bob: SeenMember = { id: 'b', userId: 'u1', name: 'bob', version: 1 };
const view = (...members: readonly SeenMember[]) => ({
  ...{ observer: 'eve', lobby: '1' as const, count: members.length, members },
});
const sound: PresenceEvidence = {
  ...{ lobby: '1', views: [view(alice, bob)], occupancy: [2, 2, 2], isReentered: false },
  expected: new Map([
    ['alice', { userId: 'u1', version: 2 }],
    ['bob', { userId: 'u1', version: 1 }],
  ]),
};
const messages = (evidence: Partial<PresenceEvidence>) =>
  judgePresence({ ...sound, ...evidence }).map(({ message }) => message);

it('finds nothing where everybody sees two sockets of one user, as they are', () => {
  expect(judgePresence(sound)).toEqual([]);
});

it('finds a ghost, and one who is there twice', () => {
  const carol = { ...bob, id: 'c', name: 'carol' };
  expect(messages({ views: [{ ...view(alice, bob, carol), count: 2 }] })).toEqual([
    'lobby-1: eve sees the ghost carol',
  ]);
  expect(messages({ views: [{ ...view(alice, bob, { ...bob, id: 'c' }), count: 2 }] })).toEqual([
    'lobby-1: eve sees a member twice',
  ]);
});

it('finds a member who is missing', () => {
  expect(messages({ views: [{ ...view(alice), count: 2 }] })).toEqual([
    'lobby-1: eve does not see bob',
  ]);
});

it('finds a wrong count, of an observer and of a node', () => {
  expect(messages({ occupancy: [2, 3, 2] })).toEqual(['lobby-1: a node counts 3 of 2']);
  expect(messages({ views: [{ ...view(alice, bob), count: 1 }] })).toEqual([
    'lobby-1: eve is told of 1 of 2',
  ]);
});

it('finds data that is over, and somebody else behind a name', () => {
  const views = [view({ ...alice, version: 1 }, { ...bob, userId: 'u2' })];
  expect(messages({ views })).toEqual([
    'lobby-1: eve sees alice with 1, not 2',
    'lobby-1: eve sees bob as u2',
  ]);
});

it('wants the places of a full room to be taken, once everybody has entered again', () => {
  const members = Array.from({ length: maxMembers + 2 }, (_, index) => ({
    ...{ id: `${index}`, userId: 'u1', name: `m${index}`, version: 1 },
  }));
  const expected = new Map(members.map(({ name }) => [name, { userId: 'u1', version: 1 }]));
  const crowded = (shown: number, isReentered: boolean) =>
    messages({
      ...{ lobby: crowd, expected, isReentered, occupancy: [maxMembers + 2] },
      views: [{ ...view(...members.slice(0, shown)), count: maxMembers + 2 }],
    });
  expect(crowded(maxMembers, true)).toEqual([]);
  expect(crowded(maxMembers - 1, false)).toEqual([]);
  expect(crowded(maxMembers - 1, true)).toEqual([
    `lobby-crowd: eve is shown ${maxMembers - 1} of ${maxMembers} that are listed`,
  ]);
  expect(crowded(maxMembers + 1, false)).toEqual([
    `lobby-crowd: eve is shown ${maxMembers + 1}, more than are listed`,
  ]);
});
