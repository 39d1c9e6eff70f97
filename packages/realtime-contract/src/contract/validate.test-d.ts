import * as v from 'valibot';
import { z } from 'zod';
import type { Same } from './same.test-d.ts';
import { validate } from './validate.ts';

const zodSchema = z.object({ count: z.string().transform(Number) });
const valibotSchema = v.object({
  text: v.pipe(v.string(), v.trim()),
  at: v.optional(v.number(), 0),
});

/** `validate` gives what the schema makes of the value, without a cast. */
export async function outputs(value: unknown): Promise<[count: number, text: string, at: number]> {
  const { count } = await validate(zodSchema, value, 'value');
  const { text, at } = await validate(valibotSchema, value, 'value');
  return [count, text, at];
}

type Output = Awaited<ReturnType<typeof validate<typeof zodSchema>>>;
export const output: Same<Output, { count: number }> = true;

// @ts-expect-error not a Standard Schema
export const noSchema = validate({ parse: () => 1 }, 1, 'value');
