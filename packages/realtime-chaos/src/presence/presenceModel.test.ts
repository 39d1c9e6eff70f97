import { expect, it } from 'vitest';
import { PresenceModel } from './presenceModel.ts';

const first = { userId: 'u', version: 1 };
const second = { userId: 'u', version: 2 };

it('knows who is where, and what each has said last', () => {
  const model = new PresenceModel();
  model.enter('alice', '1', first, 10);
  model.enter('alice', '1', second, 20);
  model.enter('bob', '1', first, 30);
  expect([...model.members('1')]).toEqual([
    ['alice', second],
    ['bob', first],
  ]);
  expect([model.isIn('alice', '1'), model.isIn('alice', '2')]).toEqual([true, false]);
});

it('takes an update for no other stay, and a return for another one', () => {
  const model = new PresenceModel();
  model.enter('alice', '1', first, 10);
  model.enter('alice', '1', second, 20);
  model.leave('alice', '1', 30);
  model.leave('alice', '1', 35);
  model.enter('alice', '1', second, 40);
  expect(model.stays()).toEqual([
    { name: 'alice', lobby: '1', fromMs: 10, toMs: 30 },
    { name: 'alice', lobby: '1', fromMs: 40, toMs: Number.POSITIVE_INFINITY },
  ]);
});

it('lets who vanishes be nowhere, and others where they are', () => {
  const model = new PresenceModel();
  for (const name of ['alice', 'bob']) {
    model.enter(name, '1', first, 10);
    model.enter(name, 'crowd', first, 10);
  }
  model.vanish('alice', 20);
  expect([[...model.members('1').keys()], [...model.members('crowd').keys()]]).toEqual([
    ['bob'],
    ['bob'],
  ]);
});
