import { setTimeout } from 'node:timers/promises';
import { type Position, parseFrame } from '@roomcast/realtime-contract';
import { payloadMark } from './authResumeContract.ts';
import type { SlowServer } from './slowServer.ts';
import { Wire } from './wire.ts';

/** When a user who comes back loses what it may. */
export const revocations = ['before', 'authenticating', 'authorising', 'forbidden'] as const;

type Revocation = (typeof revocations)[number];

/** What has to be on the wire, so that the client knows why. */
const refusals: Readonly<Record<Revocation, RegExp>> = {
  before: /^44.*"code":"TOKEN_REVOKED"/,
  authenticating: /^44.*"code":"TOKEN_REVOKED"/,
  authorising: /^4C.*"code":"TOKEN_REVOKED"/,
  forbidden: /^4W.*"status":"refused".*"code":"FORBIDDEN"/,
};

/** For what would come late; publishing goes on. */
const afterwardsMs = 50;

export interface RevokedResumeOptions {
  readonly slow: SlowServer;
  readonly userId: string;
  readonly eventId: string;
  readonly revocation: Revocation;
}

/**
 * A user joins, is cut, misses something, and is revoked on its way back.
 *
 * @throws where a byte of payload came, or no refusal
 */
export async function resumeRevoked(options: RevokedResumeOptions): Promise<void> {
  const { slow, userId, eventId, revocation } = options;
  const room = `event-${eventId}`;
  const { url, manager } = slow.server;
  const token = slow.tokenFor(userId);
  const position = await joinOnce(new Wire(url, token, { room }));

  if (revocation === 'before') manager.sessions.revokeUser(userId);
  else if (revocation === 'forbidden') slow.forbid(userId);
  else {
    slow.watch(userId, async (stage, delayMs) => {
      if (stage !== revocation) return;
      await setTimeout(delayMs / 2);
      manager.sessions.revokeUser(userId);
    });
  }
  const wire = new Wire(url, token, { room, position });
  try {
    const isPayload = (message: string) => message.includes(payloadMark);
    const isRefusal = (message: string) => refusals[revocation].test(message);
    await wire.arrival((message) => isRefusal(message) || isPayload(message));
    if (revocation === 'forbidden') await setTimeout(afterwardsMs);
    else if (!wire.messages.some(isPayload)) await wire.closed();
    const leaked = wire.messages.find(isPayload);
    if (leaked !== undefined) throw new Error(`${userId}, revoked ${revocation}, got ${leaked}`);
  } finally {
    wire.terminate();
  }
}

/** @returns where the user stood when it was cut */
async function joinOnce(wire: Wire): Promise<Position> {
  const welcome = parseFrame((await wire.arrival((message) => message.startsWith('4W'))).slice(1));
  const result = welcome.type === 'welcome' ? welcome.rooms[0] : undefined;
  if (result?.status !== 'fresh') throw new Error(`Not joined: ${wire.messages.join(' ')}`);
  // What is published from now on is what must not be seen later.
  await wire.arrival((message) => message.includes(payloadMark));
  wire.terminate();
  return result.position;
}
