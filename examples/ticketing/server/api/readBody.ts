import type { Context } from 'hono';
import * as v from 'valibot';
import { ApiError } from './apiError.ts';

/** The JSON body of a request, checked. @throws ApiError `INVALID_BODY` */
export async function readBody<Schema extends v.GenericSchema>(
  context: Context,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const text = await context.req.text();
  const result = v.safeParse(schema, parseJson(text));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new ApiError('INVALID_BODY', path ? `${path}: ${issue.message}` : issue.message);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('INVALID_BODY', 'Expected a body of JSON.');
  }
}
