/**
 * Why what a client missed cannot be replayed. One list for the client event, the hook and the
 * metric label.
 *
 * - `expired`: history was trimmed by age.
 * - `overflow`: history was trimmed by count or bytes, or is not kept.
 * - `epoch-changed`: the room's counters began anew, so the log the client knew is gone.
 * - `limit`: more was missed than the client or its replay budget allows.
 * - `unauthorized`: the session may not see the room any more.
 */
export const gapReasons = [
  'expired',
  'overflow',
  'epoch-changed',
  'limit',
  'unauthorized',
] as const;

export type GapReason = (typeof gapReasons)[number];
