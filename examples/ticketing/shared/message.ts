import type { User } from './user.ts';

/** A comment on an event. */
export interface Message {
  readonly id: string;
  readonly author: User;
  readonly text: string;
  readonly at: string;
}
