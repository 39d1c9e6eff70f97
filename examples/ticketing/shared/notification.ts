/** What one user was told. */
export interface Notification {
  readonly id: number;
  readonly type: 'info' | 'success' | 'warning' | 'error';
  readonly title: string;
  readonly message: string;
  readonly at: string;
  readonly isRead: boolean;
}

/** The latest notifications of a user, newest first. */
export interface Inbox {
  readonly notifications: readonly Notification[];
  /** How many are not read, those that are no longer listed included. */
  readonly unread: number;
}
