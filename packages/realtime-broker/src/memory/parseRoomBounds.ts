import type { HistoryBounds, LatestBounds } from '../roomBounds.ts';
import { assertWhole } from './assertWhole.ts';
import type { RoomBounds } from './roomLog.ts';

/** What each room may hold, as far as the options say nothing. */
export const defaultRoomBounds: RoomBounds = {
  history: { maxPublications: 500, maxAgeMs: 120_000, maxBytes: 1_048_576 },
  latest: { maxKeys: 1_000, maxBytes: 1_048_576 },
};

/** @throws RoomcastError `INVALID_CONFIG` */
export function parseRoomBounds(options: {
  readonly history?: Partial<HistoryBounds>;
  readonly latest?: Partial<LatestBounds>;
}): RoomBounds {
  const history = { ...defaultRoomBounds.history, ...options.history };
  const latest = { ...defaultRoomBounds.latest, ...options.latest };
  assertWhole('history.maxPublications', history.maxPublications, 0);
  assertWhole('history.maxAgeMs', history.maxAgeMs, 1);
  assertWhole('history.maxBytes', history.maxBytes, 0);
  assertWhole('latest.maxKeys', latest.maxKeys, 0);
  assertWhole('latest.maxBytes', latest.maxBytes, 0);
  return { history, latest };
}
