import { describe, expect, it } from 'vitest';
import { ActionError } from './actionError.ts';
import { InvalidPayloadError } from './invalidPayloadError.ts';
import { isRoomcastError, RoomcastError } from './roomcastError.ts';

describe('RoomcastError', () => {
  it('carries a code, a message and the cause', () => {
    const cause = new Error('socket hang up');
    const error = new RoomcastError('CONNECTION_FAILED', 'Could not connect.', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'RoomcastError',
      code: 'CONNECTION_FAILED',
      message: 'Could not connect.',
      cause,
    });
  });
});

describe('isRoomcastError', () => {
  it('knows the class, those that extend it, and one code from another', () => {
    const error = new RoomcastError('CLOSED', 'closed');
    expect(isRoomcastError(error)).toBe(true);
    expect(isRoomcastError(error, 'CLOSED')).toBe(true);
    expect(isRoomcastError(error, 'INTERNAL')).toBe(false);
    expect(isRoomcastError(new InvalidPayloadError('input', []), 'INVALID_PAYLOAD')).toBe(true);
  });

  it('is false for everything else', () => {
    expect(isRoomcastError(new ActionError('CLOSED'))).toBe(false);
    expect(isRoomcastError({ name: 'RoomcastError', code: 'CLOSED' })).toBe(false);
    expect(isRoomcastError(null)).toBe(false);
  });
});

it('names the page that explains its code', () => {
  expect(new RoomcastError('CLOSED', 'The broker is closed.').page).toBe('docs/errors/CLOSED.md');
});
