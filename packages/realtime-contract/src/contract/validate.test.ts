import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { validate } from './validate.ts';

describe('validate', () => {
  it('resolves with what the schema made of the value', async () => {
    const schema = z.object({ count: z.coerce.number(), unit: z.string().default('ms') });
    await expect(validate(schema, { count: '3' }, 'input')).resolves.toEqual({
      count: 3,
      unit: 'ms',
    });
  });

  it('waits for an asynchronous schema', async () => {
    const schema = v.pipeAsync(
      v.string(),
      v.checkAsync(async (text) => text === 'known', 'unknown'),
    );
    await expect(validate(schema, 'known', 'input')).resolves.toBe('known');
    await expect(validate(schema, 'other', 'input')).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
    });
  });

  it('rejects with the place and the reason of each issue', async () => {
    const schema = v.object({ seats: v.array(v.object({ row: v.string('no row') })) });
    await expect(
      validate(schema, { seats: [{ row: 'A' }, { row: 2 }] }, 'payload of "sold"'),
    ).rejects.toMatchObject({
      name: 'InvalidPayloadError',
      message: 'The payload of "sold" does not fit its schema: seats.1.row: no row',
      issues: [{ path: 'seats.1.row', message: 'no row' }],
    });
  });

  it('rejects with what a schema throws', async () => {
    const schema = v.pipe(
      v.string(),
      v.transform((): string => {
        throw new Error('broken schema');
      }),
    );
    await expect(validate(schema, 'text', 'input')).rejects.toThrow('broken schema');
  });
});
