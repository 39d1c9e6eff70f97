import type { FramedPublication, Position } from '@roomcast/realtime-contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Room } from './room.ts';

function joinedRoom(position: Position): Room {
  const room = new Room('event-42', ['event', { eventId: '42' }]);
  room.settle({ room: room.name, status: 'fresh', position });
  return room;
}

function publication(counter: number): FramedPublication {
  return { event: 'sold', payload: counter, delivery: 'reliable', counter, publishedAtMs: 0 };
}

describe('Room', () => {
  it('asks without a position until it was joined, and with it from then on', () => {
    const room = new Room('event-42', ['event', { eventId: '42' }]);
    expect(room.request).toEqual({ room: 'event-42' });
    const position = { epoch: 'e1', offset: 3, revision: 0 };
    room.settle({ room: room.name, status: 'fresh', position });
    room.suspend();
    expect(room.request).toEqual({ room: 'event-42', position });
  });

  it('accepts nothing while it is not joined', () => {
    const room = new Room('event-42', ['event', { eventId: '42' }]);
    expect(room.accept('e1', publication(1))).toBeNull();
    const joined = joinedRoom({ epoch: 'e1', offset: 0, revision: 0 });
    joined.suspend();
    expect(joined.accept('e1', publication(1))).toBeNull();
  });

  it('keeps its state object where nothing changed', () => {
    const room = joinedRoom({ epoch: 'e1', offset: 0, revision: 0 });
    room.suspend();
    const { state } = room;
    room.suspend();
    expect(room.state).toBe(state);
  });

  it('lets the next publication through, once, and is due when it is another', () => {
    const offset = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(fc.nat(10), fc.array(offset, { maxLength: 60 }), (start, arrivals) => {
        const room = joinedRoom({ epoch: 'e1', offset: start, revision: 0 });
        let held = start;
        for (const counter of arrivals) {
          const isNext = counter === held + 1 && !room.isDue;
          const isHole = counter > held + 1;
          const wasDue = room.isDue;
          expect(room.accept('e1', publication(counter))).toEqual(isNext ? { gap: null } : null);
          expect(room.isDue).toBe(wasDue || isHole);
          if (isNext) held = counter;
          expect(room.position?.offset).toBe(held);
        }
      }),
    );
  });
});
