import type { SessionSpan } from '../nodes/sessionSpans.ts';

/**
 * How long sessions lived on after their user had come back with another one, on whichever node, in
 * milliseconds; those that are still there count up to now.
 */
export function zombieAges(spans: readonly SessionSpan[], nowMs: number): readonly number[] {
  const byUser = new Map<string, SessionSpan[]>();
  for (const span of spans) {
    const ofUser = byUser.get(span.userId) ?? [];
    ofUser.push(span);
    byUser.set(span.userId, ofUser);
  }
  return [...byUser.values()].flatMap((ofUser) => {
    const inOrder = ofUser.toSorted((one, two) => one.openedAtMs - two.openedAtMs);
    return inOrder.flatMap(({ closedAtMs }, index) => {
      const next = inOrder[index + 1];
      const ageMs = next ? (closedAtMs ?? nowMs) - next.openedAtMs : 0;
      return ageMs > 0 ? [ageMs] : [];
    });
  });
}
