/** What nobody has measured: it is chosen, and the page says so. */
export const assumptions = {
  connections: 1_000_000,
  /** As in the benchmarks that are reasoned from. */
  roomsPerConnection: 3,
  deliveriesPerConnectionPerSecond: 1,
  /** Resident memory that one process may use for its connections. */
  nodeMemoryMiB: 2_048,
  /** How busy a core may be, so that there is something left for bursts and for the death of others. */
  busyShare: 0.6,
} as const;

/** How the same deliveries may come about. */
export interface Audience {
  readonly name: string;
  /** How many members a room has; Infinity for everybody. */
  readonly membersPerRoom: number;
}

export const audiences: readonly Audience[] = [
  { name: 'rooms of one, such as a user', membersPerRoom: 1 },
  { name: 'rooms of 100', membersPerRoom: 100 },
  { name: 'rooms of 1,000', membersPerRoom: 1_000 },
  { name: 'one room of all', membersPerRoom: Number.POSITIVE_INFINITY },
];
