/** One life of something that can be killed, such as a process. */
export interface Life {
  /** Resolves when it is over, by whomever. */
  readonly ended: Promise<unknown>;
  /** Ends it at once, without a word to anybody. */
  kill(): Promise<void>;
  /** Has it end in order. */
  stop(): Promise<void>;
}

/** Something that is started again whenever it has ended: what a container platform does. */
export interface Supervised<L extends Life> {
  /** Null while it is down. */
  readonly life: L | null;
  /** Ends it at once. @returns false where it was down already */
  kill(): Promise<boolean>;
  /** Ends it in order, and for good. */
  close(): Promise<void>;
}

export interface SuperviseOptions<L extends Life> {
  start(): Promise<L>;
  readonly restartAfterMs: number;
  onChange(status: 'up' | 'down'): void;
  /** Hears why it could not be started again; it is tried again after the same time. */
  onError(error: unknown): void;
}

/** @throws what the first start throws */
export async function supervise<L extends Life>(
  options: SuperviseOptions<L>,
): Promise<Supervised<L>> {
  const { start, restartAfterMs, onChange, onError } = options;
  let life: L | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let beginning: Promise<void> | undefined;

  async function begin(): Promise<void> {
    const begun = await start();
    life = begun;
    onChange('up');
    void begun.ended.then(() => {
      life = null;
      onChange('down');
      beginLater();
    });
  }

  function beginLater(): void {
    if (isClosed) return;
    timer = setTimeout(() => {
      beginning = begin().catch((error) => {
        onError(error);
        beginLater();
      });
    }, restartAfterMs);
  }

  await begin();
  return {
    get life() {
      return life;
    },
    async kill() {
      if (!life) return false;
      await life.kill();
      return true;
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await beginning;
      await life?.stop();
    },
  };
}
