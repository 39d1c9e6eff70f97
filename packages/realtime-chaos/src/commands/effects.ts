import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** What the database says of one action in the end. */
export interface Effect {
  readonly key: string;
  readonly receipt: string;
  /** How often it happened. */
  readonly effects: number;
}

/** How often a handler was asked to do an action, and how often it was told that this was a retry. */
export interface Runs {
  readonly key: string;
  readonly runs: number;
  readonly retries: number;
}

/** The database of the application, which each node opens for itself. */
export class Effects implements Disposable {
  readonly #database: DatabaseSync;

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { timeout: 10_000 });
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS effects (key TEXT, receipt TEXT);
      CREATE INDEX IF NOT EXISTS by_key ON effects (key);
      CREATE TABLE IF NOT EXISTS runs (key TEXT, retry INTEGER);
    `);
  }

  /** A handler has begun. */
  begin(key: string, isRetry: boolean): void {
    this.#database.prepare('INSERT INTO runs VALUES (?, ?)').run(key, isRetry ? 1 : 0);
  }

  /** The effect, without a look at whether it has happened before. @returns its receipt */
  apply(key: string): string {
    const receipt = randomUUID();
    this.#database.prepare('INSERT INTO effects VALUES (?, ?)').run(key, receipt);
    return receipt;
  }

  /** The effect and its key in one transaction. @returns the receipt of the one that happened */
  applyOnce(key: string): string {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const [found] = this.#database.prepare('SELECT receipt FROM effects WHERE key = ?').all(key);
      return typeof found?.receipt === 'string' ? found.receipt : this.apply(key);
    } finally {
      this.#database.exec('COMMIT');
    }
  }

  all(): readonly Effect[] {
    return this.#database
      .prepare('SELECT key, min(receipt) AS receipt, count(*) AS effects FROM effects GROUP BY key')
      .all() as unknown as readonly Effect[];
  }

  runs(): readonly Runs[] {
    return this.#database
      .prepare('SELECT key, count(*) AS runs, sum(retry) AS retries FROM runs GROUP BY key')
      .all() as unknown as readonly Runs[];
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
