import type {
  AnyContract,
  Clock,
  FramedPublication,
  PublicationsFrame,
  ReportError,
} from '@roomcast/realtime-contract';
import type { OpeningError } from './openingError.ts';

/** Opens encrypted events; made by `createEventOpener`. */
export interface EventOpener {
  /** For the client. Each has its own keys and its own order. */
  open(link: OpenerLink): Opening;
}

/** The client, as its opener sees it. */
interface OpenerLink {
  readonly contract: AnyContract;
  readonly clock: Clock;
  readonly report: ReportError;
}

/** A publication after its opening. */
export interface OpenedPublication extends FramedPublication {
  /** What it was on the wire; undefined where nothing was sealed. */
  readonly sealed?: FramedPublication;
  /** Why there is no payload: it was sealed, and could not be opened. */
  readonly unreadable?: OpeningError;
}

/** What is sealed for one client, and what waits for that in each room. */
export interface Opening {
  /** Opens a piece of a room's log. It never rejects. */
  all(log: SealedLog): Promise<readonly OpenedPublication[]>;
  /**
   * Opens what is sealed of the publications, if there are any, and goes on then: at once where there
   * is nothing to wait for, and in each room in the order of the calls.
   */
  inTurn(news: RoomNews, act: (publications: readonly OpenedPublication[]) => void): void;
  /**
   * The connection is gone, and what waits comes again.
   *
   * @param isOther - the session is another user's: the keys are forgotten, too
   */
  reset(isOther?: boolean): void;
}

/** Publications of one room. */
export type SealedLog = Pick<PublicationsFrame, 'room' | 'epoch' | 'publications'>;

/** Publications of one room, or something else that is told of it. */
export type RoomNews = Pick<SealedLog, 'room'> & Partial<SealedLog>;
