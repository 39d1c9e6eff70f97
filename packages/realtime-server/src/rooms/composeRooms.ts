import type { Broker } from '@roomcast/realtime-broker';
import type {
  AnyContract,
  HistoryRequest,
  RoomRequest,
  RoomResult,
} from '@roomcast/realtime-contract';
import type { ResolvedOptions } from '../config/resolveOptions.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { Fanout } from '../fanout/fanout.ts';
import type { FrameCompressor } from '../fanout/frameCompressor.ts';
import type { AuthenticatedUser, DialectName, Session } from '../session/session.ts';
import type { SessionRegistry } from '../session/sessionRegistry.ts';
import type { SessionWatchers } from '../session/sessionWatchers.ts';
import type { Membership } from '../socket-io/membership.ts';
import { automaticRooms } from './automaticRooms.ts';
import { CatchUp } from './catchUp.ts';
import { joinRooms } from './joinRooms.ts';
import { leaveRoom } from './leaveRoom.ts';
import { readHistory } from './readHistory.ts';
import { createReplayBudget } from './replayBudget.ts';
import type { AuthoriseRooms } from './roomAuthoriser.ts';
import { RoomFollower } from './roomFollower.ts';
import { RoomPages } from './roomPages.ts';

export interface RoomsMaterials {
  readonly contract: AnyContract;
  readonly options: ResolvedOptions;
  readonly broker: Broker;
  readonly sessions: SessionRegistry;
  readonly watchers: Pick<SessionWatchers, 'joined'>;
  readonly dialects: Readonly<Record<DialectName, Dialect>>;
  readonly membership: Membership;
  readonly authoriseRooms: AuthoriseRooms;
  readonly compressor: FrameCompressor;
  /** Hears of every membership that ends before the session does. */
  onLeave(session: Session, room: string): void;
}

/** The way of a publication from the log to the sessions, live or behind. */
export interface RoomsParts {
  readonly catchUp: CatchUp;
  readonly follower: RoomFollower;
  readonly fanout: Fanout;
  /** Ends a membership, once the member has been told what there was to tell. */
  leave(session: Session, room: string): void;
  join(
    session: Session,
    requests: readonly RoomRequest[],
    answer: (results: readonly RoomResult[]) => void,
  ): Promise<void>;
  history(session: Session, request: HistoryRequest): Promise<unknown>;
}

export function composeRooms(materials: RoomsMaterials): RoomsParts {
  const { contract, options, broker, sessions, watchers, dialects, membership } = materials;
  const { authoriseRooms, compressor } = materials;
  const { clock, metrics, report } = options;
  const budget = createReplayBudget(options.replayBytesPerMinute);
  const pages = new RoomPages({ broker, dialects, compressor, clock });

  const follower: RoomFollower = new RoomFollower(broker, membership, {
    onPublication(publication) {
      if (publication.delivery !== 'volatile') pages.forget(publication.room);
      fanout.onPublication(publication);
    },
    onGap(room, since) {
      pages.forget(room);
      fanout.onGap(room, since);
    },
    onUnfollow(room) {
      // What is published from now on would be missing in the pages that are kept.
      pages.forget(room);
      fanout.onUnfollow(room);
    },
  });
  const countResult = (result: RoomResult) => {
    const reason = result.status === 'gap' ? result.reason : 'none';
    metrics.count('roomcast_room_results_total', { status: result.status, reason });
  };
  const findSession = (id: string) => sessions.find(id);
  const fanout: Fanout = new Fanout({
    ...{ membership, dialects, compressor, clock, metrics, report, findSession },
    pause: (session, room, since) => catchUp.pause(session, room, since),
    batching: { minWindowMs: options.batchWindowMs, maxWindowMs: options.batchWindowMs * 4 },
    maxQueueBytes: options.maxQueueBytes,
  });
  const catchUp = new CatchUp({
    ...{ fanout, follower, pages, budget, dialects, clock, report },
    onGap: countResult,
  });
  const leave = (session: Session, room: string) => {
    leaveRoom(fanout, session, room);
    materials.onLeave(session, room);
  };
  const joining = {
    ...{ authoriseRooms, fanout, follower, pages, catchUp, clock, report, leave },
    maxRoomsPerSession: options.maxRoomsPerSession,
    automaticRooms: (user: AuthenticatedUser | null) => automaticRooms(contract, user),
    onResult(session: Session, result: RoomResult) {
      countResult(result);
      if (result.status !== 'refused') watchers.joined(session, result.room);
    },
  };
  return {
    catchUp,
    follower,
    fanout,
    leave,
    join: (session, requests, answer) => joinRooms(joining, session, requests, answer),
    history: (session, request) =>
      readHistory({ authoriseRooms, broker, budget }, session, request),
  };
}
