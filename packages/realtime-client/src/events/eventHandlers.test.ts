import { describe, expect, it, vi } from 'vitest';
import { Room } from '../rooms/room.ts';
import { EventHandlers } from './eventHandlers.ts';

const room = new Room('event-42', ['event', { eventId: '42' }]);
const sold = {
  event: 'sold',
  payload: { seat: 'C12' },
  delivery: 'reliable',
  counter: 3,
  publishedAtMs: 1_000,
} as const;

describe('EventHandlers', () => {
  it('hands on the payload, and what else is known of the publication', () => {
    const handlers = new EventHandlers(vi.fn());
    const handler = vi.fn();
    handlers.add('sold', handler);
    handlers.dispatch(room, sold, sold.payload);
    handlers.dispatch(room, { ...sold, causedBy: 'call-1' }, 'another payload');
    const meta = {
      ...{ room: 'event-42', kind: 'event', params: { eventId: '42' } },
      ...{ delivery: 'reliable', counter: 3, publishedAtMs: 1_000 },
    };
    expect(handler.mock.calls).toEqual([
      [{ seat: 'C12' }, meta],
      ['another payload', { ...meta, causedBy: 'call-1' }],
    ]);
  });

  it('calls the handlers of an event and of no other', () => {
    const handlers = new EventHandlers(vi.fn());
    const [first, second, other] = [vi.fn(), vi.fn(), vi.fn()];
    handlers.add('sold', first);
    handlers.add('sold', second);
    handlers.add('transferred', other);
    handlers.dispatch(room, sold, sold.payload);
    handlers.dispatch(room, { ...sold, event: 'nobody-listens' }, null);
    expect([first, second, other].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0]);
  });

  it('names the event of a handler that throws', () => {
    const report = vi.fn();
    const handlers = new EventHandlers(report);
    const failure = new Error('broken handler');
    handlers.add('sold', () => {
      throw failure;
    });
    handlers.dispatch(room, sold, sold.payload);
    expect(report.mock.calls).toEqual([[failure, 'handler of "sold"']]);
  });

  it('keeps a new handler when an old one is ended a second time', () => {
    const handlers = new EventHandlers(vi.fn());
    const stop = handlers.add('sold', vi.fn());
    stop();
    const handler = vi.fn();
    handlers.add('sold', handler);
    stop();
    handlers.dispatch(room, sold, sold.payload);
    expect(handler).toHaveBeenCalledOnce();
  });
});
