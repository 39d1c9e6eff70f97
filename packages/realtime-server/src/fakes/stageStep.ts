import fc from 'fast-check';

export type Who = 'alice' | 'bob';

/** One thing that happens on a {@link FakeStage}. */
export type StageStep =
  | { readonly do: 'publish'; readonly room: string; readonly isLatest: boolean }
  /** The nth of what waits in the broker goes on, or fails. */
  | { readonly do: 'settle' | 'fail'; readonly nth: number }
  /** All that waits in the broker goes on, and what follows from it. */
  | { readonly do: 'calm' }
  /** A second goes by. */
  | { readonly do: 'wait' }
  /** A publication that no follower hears of, the loss of the history, and that of the log. */
  | { readonly do: 'miss' | 'trim' | 'restart'; readonly room: string }
  /** What the client sends stays in the process, or leaves it. */
  | { readonly do: 'stall' | 'drain'; readonly who: Who }
  /** More waits for the client than may. */
  | { readonly do: 'fill'; readonly who: Who }
  /** From one of the positions that the client had, from none (-1), or from one of no log (-2). */
  | { readonly do: 'join'; readonly who: Who; readonly room: string; readonly from: number }
  | { readonly do: 'leave'; readonly who: Who; readonly room: string }
  | { readonly do: 'renew'; readonly who: Who; readonly lifeS: number }
  | { readonly do: 'reconnect'; readonly who: Who }
  | { readonly do: 'evict' | 'revoke' | 'admit' | 'refuse'; readonly who: Who }
  /** The plain client asks for its room, whether it is in it or not. */
  | { readonly do: 'ask' };

const who = fc.constantFrom<Who>('alice', 'bob');
const room = fc.constantFrom('event-1', 'team-1');
const one = <Name extends StageStep['do']>(...names: Name[]) => fc.constantFrom(...names);

/** Any step; what lets others come to their end is more frequent. */
export const anyStep: fc.Arbitrary<StageStep> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: one('publish'), room, isLatest: fc.boolean() }) },
  { weight: 16, arbitrary: fc.record({ do: one('settle'), nth: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ do: one('fail'), nth: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ do: one('calm') }) },
  { weight: 1, arbitrary: fc.record({ do: one('wait') }) },
  { weight: 2, arbitrary: fc.record({ do: one('miss', 'trim', 'restart'), room }) },
  { weight: 4, arbitrary: fc.record({ do: one('stall', 'drain', 'fill'), who }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: one('join'), who, room, from: fc.integer({ min: -2, max: 9 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: one('leave'), who, room }) },
  { weight: 2, arbitrary: fc.record({ do: one('renew'), who, lifeS: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ do: one('reconnect'), who }) },
  { weight: 1, arbitrary: fc.record({ do: one('evict', 'revoke', 'admit', 'refuse'), who }) },
  { weight: 1, arbitrary: fc.record({ do: one('ask') }) },
);
