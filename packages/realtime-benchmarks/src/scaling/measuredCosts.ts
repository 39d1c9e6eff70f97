/** Every number that was measured, and that the page of scaling reasons on from. */
export interface MeasuredCosts {
  /** CPU of a node for a publication to one subscriber. */
  readonly deliveryUs: number;
  /** CPU of a node for the news of a publication, however many of its members get it. */
  readonly newsUs: number;
  /** CPU of Redis for a publication that no node hears. */
  readonly appendUs: number;
  /** CPU of Redis for telling one node. */
  readonly redisNewsUs: number;
  /** CPU of Redis for reading what somebody missed in a room. */
  readonly readUs: number;
  /** What Redis writes to tell one node. */
  readonly newsBytes: number;
  /** What a room with a full history takes in Redis. */
  readonly roomKiB: number;
  /** What is written to one subscriber. */
  readonly deliveryBytes: number;
  /** Resident memory of a connection. */
  readonly connectionKiB: number;
  /** CPU of a node for a client that connects, authenticates and joins. */
  readonly connectMs: number;
}

/** Where a cost was measured, and what it is. */
export interface CostSource {
  readonly bench: string;
  readonly figure: string;
  readonly meaning: string;
  readonly unit: string;
}

export const costSources: Readonly<Record<keyof MeasuredCosts, CostSource>> = {
  deliveryUs: {
    ...{ bench: 'nodes', figure: 'nodeDeliveryCpuUs', unit: 'µs' },
    meaning: 'CPU of a node for one publication to one more subscriber',
  },
  newsUs: {
    ...{ bench: 'nodes', figure: 'nodeNewsCpuUs', unit: 'µs' },
    meaning: 'CPU of a node for the news of a publication, once',
  },
  appendUs: {
    ...{ bench: 'nodes', figure: 'redisAppendCpuUs', unit: 'µs' },
    meaning: 'CPU of Redis for a publication, told to nobody',
  },
  redisNewsUs: {
    ...{ bench: 'nodes', figure: 'redisNewsCpuUs', unit: 'µs' },
    meaning: 'CPU of Redis for telling it to one node',
  },
  readUs: {
    ...{ bench: 'nodes', figure: 'redisReadCpuUs', unit: 'µs' },
    meaning: 'CPU of Redis for one read of 10 missed publications of a room',
  },
  newsBytes: {
    ...{ bench: 'nodes', figure: 'redisNewsBytes', unit: 'bytes' },
    meaning: 'what Redis writes to tell one node',
  },
  roomKiB: {
    ...{ bench: 'nodes', figure: 'redisRoomKiB', unit: 'KiB' },
    meaning: 'memory of Redis for a room with 500 publications of 200 bytes',
  },
  deliveryBytes: {
    ...{ bench: 'fanout', figure: 'oursBytes', unit: 'bytes' },
    meaning: 'what a node writes for one delivery',
  },
  connectionKiB: {
    ...{ bench: 'memory', figure: 'oursRssKiB', unit: 'KiB' },
    meaning: 'resident memory of an idle connection in 3 rooms',
  },
  connectMs: {
    ...{ bench: 'connect', figure: 'oursServerCpuMs', unit: 'ms' },
    meaning: 'CPU of a node for a client that connects, authenticates and joins 3 rooms',
  },
};

/** What is needed of a result that was kept. */
export interface KeptFigures {
  readonly bench: string;
  readonly figures: Readonly<Record<string, number>>;
}

/** @throws an error that names the benchmark to run where a figure is missing */
export function readMeasuredCosts(records: readonly KeptFigures[]): MeasuredCosts {
  const read = (name: keyof MeasuredCosts): number => {
    const { bench, figure } = costSources[name];
    const value = records.find((record) => record.bench === bench)?.figures[figure];
    if (typeof value === 'number' && value >= 0) return value;
    throw new Error(`Expected ${figure} in ${bench}.json. Run \`pnpm bench ${bench} --write\`.`);
  };
  return {
    ...{ deliveryUs: read('deliveryUs'), newsUs: read('newsUs'), appendUs: read('appendUs') },
    ...{ redisNewsUs: read('redisNewsUs'), readUs: read('readUs'), newsBytes: read('newsBytes') },
    ...{ roomKiB: read('roomKiB'), deliveryBytes: read('deliveryBytes') },
    ...{ connectionKiB: read('connectionKiB'), connectMs: read('connectMs') },
  };
}
