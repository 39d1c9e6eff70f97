import type { Settings } from '../settings.ts';

/** What `start` says of the replay: one line, or none when there is none. */
export function replayNotice({ replaySpeed }: Pick<Settings, 'replaySpeed'>): string[] {
  if (replaySpeed === null) return [];
  const pace = replaySpeed === 1 ? '' : ` at ${replaySpeed} times its speed`;
  return [
    `A recorded day is played through its webhooks${pace}. REPLAY=off stops it, REPLAY_SPEED=4 hurries it.`,
  ];
}
