import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActionError } from '../errors/actionError.ts';
import { RoomcastError } from '../errors/roomcastError.ts';
import { accept, readAcknowledgement, refuse } from './acknowledgement.ts';

function throughTheWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('accept', () => {
  it('carries a value to the other side', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readAcknowledgement(throughTheWire(accept(value)))).toEqual(throughTheWire(value));
      }),
    );
  });

  it('may carry no value', () => {
    expect(readAcknowledgement(throughTheWire(accept(undefined)))).toBeUndefined();
  });
});

describe('refuse', () => {
  it.each([
    new RoomcastError('FORBIDDEN', 'You may not.'),
    new ActionError('SOLD_OUT', 'No seats left.'),
  ])('carries $name to the other side, where it is thrown', (error) => {
    expect(() => readAcknowledgement(throughTheWire(refuse(error)))).toThrow(
      expect.objectContaining({ name: error.name, code: error.code, message: error.message }),
    );
  });

  it('tells the other side nothing about any other error', () => {
    expect(JSON.stringify(refuse(new Error('password is hunter2')))).not.toContain('hunter2');
  });
});

describe('readAcknowledgement', () => {
  it.each<unknown>([
    undefined,
    null,
    'ok',
    true,
    [],
    [{ ok: true }],
    {},
    { ok: 1 },
    { ok: 'true' },
    { value: 1 },
    { constructor: {} },
  ])('refuses %j, which is none', (answer) => {
    expect(() => readAcknowledgement(answer)).toThrow(
      expect.objectContaining({ name: 'RoomcastError', code: 'INVALID_FRAME' }),
    );
  });

  it('throws INTERNAL for a refusal without an error', () => {
    expect(() => readAcknowledgement({ ok: false })).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });

  it('gives a value or throws an error of ours for every JSON value', () => {
    const answer = fc.oneof(
      fc.jsonValue(),
      fc.record({ ok: fc.oneof(fc.boolean(), fc.jsonValue()), error: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(answer, (input) => {
        try {
          readAcknowledgement(input);
        } catch (error) {
          expect(error instanceof RoomcastError || error instanceof ActionError).toBe(true);
        }
      }),
    );
  });
});
