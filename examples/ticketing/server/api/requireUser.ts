import type { Authenticate } from '@roomcast/realtime-server';
import { createMiddleware } from 'hono/factory';
import { ApiError } from './apiError.ts';

/** What a route behind {@link requireUser} knows. */
export interface UserEnv {
  Variables: { userId: string };
}

/** Lets only requests with a valid Bearer token pass. */
export function requireUser(authenticate: Authenticate) {
  return createMiddleware<UserEnv>(async (context, next) => {
    const [, token] = /^Bearer (\S+)$/i.exec(context.req.header('authorization') ?? '') ?? [];
    if (!token) throw new ApiError('UNAUTHENTICATED', 'Please log in first.');
    const { signal } = context.req.raw;
    const user = await authenticate(token, { signal }).catch(() => {
      throw new ApiError('UNAUTHENTICATED', 'Your login has ended. Please log in again.');
    });
    context.set('userId', user.id);
    await next();
  });
}
