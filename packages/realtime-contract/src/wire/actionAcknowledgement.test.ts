import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActionError } from '../errors/actionError.ts';
import { RoomcastError } from '../errors/roomcastError.ts';
import { readAcknowledgement, refuse } from './acknowledgement.ts';
import { acceptAction, readActionAcknowledgement } from './actionAcknowledgement.ts';

const at = (room: string, offset = 1) => ({ room, position: { epoch: 'e', offset, revision: 0 } });
const throughTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('acceptAction', () => {
  it('carries a value and positions to the other side', () => {
    const answer = { value: { length: 5 }, positions: [at('event-1', 3), at('global')] };
    expect(readActionAcknowledgement(throughTheWire(acceptAction(answer)))).toEqual(answer);
  });

  it('says nothing of positions where there are none', () => {
    expect(acceptAction({ value: 7, positions: [] })).toEqual({ ok: true, value: 7 });
    expect(readActionAcknowledgement({ ok: true, value: 7 })).toEqual({ value: 7, positions: [] });
  });

  it('is read as its value by who wants no more', () => {
    expect(readAcknowledgement(acceptAction({ value: 7, positions: [at('global')] }))).toBe(7);
  });
});

describe('readActionAcknowledgement', () => {
  it.each([null, 7, 'x', {}, { 0: at('global') }])(
    'takes positions of %j for none',
    (positions) => {
      expect(readActionAcknowledgement({ ok: true, value: 1, positions })).toEqual({
        value: 1,
        positions: [],
      });
    },
  );

  it.each([
    ...[null, 7, 'global', [], {}, { room: 'global' }, { position: at('global').position }],
    { ...at('global'), room: 7 },
    at('global', -1),
    at('global', 0.5),
  ])('leaves %j out and keeps the others', (position) => {
    const positions = [at('event-1'), position, at('event-2')];
    expect(readActionAcknowledgement({ ok: true, value: 1, positions })).toEqual({
      value: 1,
      positions: [at('event-1'), at('event-2')],
    });
  });

  it('reads 128 positions at most', () => {
    const positions = Array.from({ length: 10_000 }, (_, index) => at(`event-${index}`));
    expect(readActionAcknowledgement({ ok: true, value: 1, positions }).positions).toHaveLength(
      128,
    );
  });

  it('throws the refusal, and INVALID_FRAME for what is no acknowledgement', () => {
    const refusal = throughTheWire(refuse(new ActionError('SOLD_OUT', 'No seats left.')));
    expect(() => readActionAcknowledgement(refusal)).toThrow(
      expect.objectContaining({ name: 'ActionError', code: 'SOLD_OUT' }),
    );
    expect(() => readActionAcknowledgement([])).toThrow(
      expect.objectContaining({ code: 'INVALID_FRAME' }),
    );
  });

  it('gives an answer or throws an error of ours for every JSON value', () => {
    const answer = fc.oneof(
      fc.jsonValue(),
      fc.record({
        ok: fc.boolean(),
        positions: fc.oneof(
          fc.jsonValue(),
          fc.array(fc.record({ room: fc.jsonValue(), position: fc.jsonValue() })),
        ),
      }),
    );
    fc.assert(
      fc.property(answer, (input) => {
        try {
          readActionAcknowledgement(input);
        } catch (error) {
          expect(error instanceof RoomcastError || error instanceof ActionError).toBe(true);
        }
      }),
    );
  });
});
