import type { MemberLog } from './memberLog.ts';

export interface MemberOptions {
  readonly url: string;
  readonly userId: string;
  readonly eventId: string;
  readonly log: MemberLog;
}

/** Connects one member of one room, which comes back by itself. @returns ends it */
export type OpenMember = (options: MemberOptions) => () => void;
