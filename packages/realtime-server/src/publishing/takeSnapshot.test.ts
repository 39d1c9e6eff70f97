import { expect, it, vi } from 'vitest';
import { createFakeBroker } from '../fakes/fakeBroker.ts';
import { takeSnapshot } from './takeSnapshot.ts';

it('asks for the position first and reads the data then, so that nothing falls between', async () => {
  const broker = createFakeBroker();
  const tickets = ['one'];
  const buy = (ticket: string) => {
    tickets.push(ticket);
    broker.emit('event-1', ticket);
  };
  broker.emit('event-1', 'one');
  const taken = takeSnapshot(broker, 'event-1', async () => [...tickets]);
  await broker.settle('position event-1');
  buy('late');
  expect(await taken).toEqual({
    room: 'event-1',
    position: { epoch: 'epoch-1', offset: 1, revision: 0 },
    data: ['one'],
  });

  const during = takeSnapshot(broker, 'event-1', async () => {
    buy('during');
    return [...tickets];
  });
  await broker.settle('position event-1');
  // The data may know more than the position says, never less.
  expect(await during).toMatchObject({ position: { offset: 2 }, data: ['one', 'late', 'during'] });
});

it('takes data that is there at once', async () => {
  const broker = createFakeBroker();
  broker.settleAlways();
  expect((await takeSnapshot(broker, 'event-1', () => 7)).data).toBe(7);
});

it('passes on what the reading throws, and does not read without a position', async () => {
  const broker = createFakeBroker();
  const read = vi.fn(() => {
    throw new Error('no database');
  });
  const unread = expect(takeSnapshot(broker, 'event-1', read)).rejects.toThrow('no log');
  await broker.settle('position event-1', new Error('no log'));
  await unread;
  expect(read).not.toHaveBeenCalled();

  broker.settleAlways();
  await expect(takeSnapshot(broker, 'event-1', read)).rejects.toThrow('no database');
});
