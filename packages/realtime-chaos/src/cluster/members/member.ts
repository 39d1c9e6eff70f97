import type { MemberLog } from './memberLog.ts';

/** After which time a node that does not answer is given up, in milliseconds. */
export const connectTimeoutMs = 3_000;

export interface MemberOptions {
  readonly url: string;
  readonly userId: string;
  readonly eventId: string;
  readonly log: MemberLog;
  /** Whether it comes back after the delays that it has by itself. @default false, but sooner */
  readonly hasOwnDelays?: boolean;
}

/** Connects one member of one room, which comes back by itself. @returns ends it */
export type OpenMember = (options: MemberOptions) => () => void;
