/** What everybody is told. */
export interface Announcement {
  readonly id: number;
  readonly title: string;
  readonly message: string;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly at: string;
}
