import { describe, expect, it } from 'vitest';
import { reservedNames } from './reservedNames.ts';

describe('reservedNames', () => {
  it('holds the names of the protocol and of the emitter', () => {
    expect([...reservedNames([])]).toEqual(
      expect.arrayContaining(['authenticate', 'ping', 'pong', 'room-joined', 'connect', 'error']),
    );
  });

  it('holds what joins and leaves each kind of room', () => {
    const names = reservedNames(['event', '__proto__']);
    expect(names).toContain('join-event');
    expect(names).toContain('leave-event');
    expect(names).toContain('join-__proto__');
    expect(names).not.toContain('join-user');
  });
});
