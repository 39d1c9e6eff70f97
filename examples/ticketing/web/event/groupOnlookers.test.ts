import { expect, it } from 'vitest';
import { groupOnlookers } from './groupOnlookers.ts';

const ada = { id: 'ada', name: 'Ada Okafor' };
const ben = { id: 'ben', name: 'Ben Lindqvist' };
const users = [ada, ben];

/** A view of `ada`, or `ada 2` for another tab, or `- 1` for a guest. */
function view(self: string | null, ...names: readonly string[]) {
  const members = names.map((id) => {
    const [userId = '-'] = id.split(' ');
    return { id, userId: userId === '-' ? null : userId, data: {} };
  });
  return { members, count: members.length, selfId: self };
}

it('leaves the visitor out, in all tabs of the visitor', () => {
  const { people } = groupOnlookers(view('ada 1', 'ada 1', 'ada 2', 'ben 1'), users);
  expect(people).toEqual([ben]);
});

it('names somebody once who looks in two tabs', () => {
  const onlookers = groupOnlookers(view('- 1', 'ben 1', '- 1', 'ben 2'), users);
  expect(onlookers).toEqual({ people: [ben], guests: 0, others: 0 });
});

it('counts guests each, and not the visitor who is one', () => {
  const onlookers = groupOnlookers(view('- 1', '- 1', '- 2', '- 3'), users);
  expect(onlookers).toEqual({ people: [], guests: 2, others: 0 });
});

it('counts whom it has no name for', () => {
  const onlookers = groupOnlookers(view('ada 1', 'ada 1', 'zoe 1', 'ben 1'), users);
  expect(onlookers).toEqual({ people: [ben], guests: 0, others: 1 });
});

it.each([
  ['is listed', 'ada 1'],
  ['is only counted', 'ada 9'],
])('counts those who are not listed, where the visitor %s', (_, self) => {
  const seen = view(self, ...(self === 'ada 1' ? ['ada 1'] : []), 'ben 1');
  const count = seen.members.length + (self === 'ada 1' ? 40 : 41);
  expect(groupOnlookers({ ...seen, count }, users)).toMatchObject({ people: [ben], others: 40 });
});

it('names a few, and counts the rest', () => {
  const many = Array.from({ length: 9 }, (_, index) => ({ id: `p${index}`, name: `P ${index}` }));
  const seen = view(null, ...many.map(({ id }) => id));
  const { people, others } = groupOnlookers(seen, many);
  expect(people).toEqual(many.slice(0, 6));
  expect(others).toBe(3);
});
