import {
  type BackoffOptions,
  backoffDelayMs,
  type CancelTimer,
  type Clock,
  isRoomcastError,
  type ReportError,
  type RoomcastError,
  type TokenAnswer,
} from '@roomcast/realtime-contract';

/** How long before its end a token is replaced at the latest, in milliseconds. */
const maxLeadMs = 60_000;

export interface TokenRefreshOptions {
  readonly clock: Clock;
  readonly backoff: BackoffOptions;
  readonly random: () => number;
  readonly report: ReportError;
  getToken(): Promise<string | null>;
  /** Sends another token on the connection that there is. */
  authenticate(token: string): Promise<TokenAnswer>;
  /** The server has taken another token. */
  onRenewed(): void;
  /** The new token is that of another user, whose connection this one cannot become. */
  onOtherUser(error: RoomcastError): void;
}

/** One connection's token. */
interface Life {
  token: string | null;
  failures: number;
  isBusy: boolean;
}

/** Replaces the token of a connection before its time is over, so that the connection stays. */
export class TokenRefresh {
  readonly #options: TokenRefreshOptions;
  #life: Life | null = null;
  #cancelTimer: CancelTimer = () => {};

  constructor(options: TokenRefreshOptions) {
    this.#options = options;
  }

  /** @param expiresInMs - null for a token without end */
  start(token: string | null, expiresInMs: number | null): void {
    this.#life = { token, failures: 0, isBusy: false };
    this.#plan(expiresInMs);
  }

  /** The token's time is over, and the server waits a moment for another. */
  hurry(): void {
    const life = this.#life;
    if (life && !life.isBusy) void this.#refresh(life);
  }

  /** The connection is gone. */
  stop(): void {
    this.#life = null;
    this.#cancelTimer();
  }

  /** Clients that were connected together do not ask for their tokens together. */
  #plan(expiresInMs: number | null): void {
    if (expiresInMs === null) return;
    const leadMs = Math.min(maxLeadMs, expiresInMs / 5);
    this.#wait(expiresInMs - leadMs * (1 + this.#options.random()));
  }

  #wait(delayMs: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.schedule(() => this.hurry(), delayMs);
  }

  async #refresh(life: Life): Promise<void> {
    this.#cancelTimer();
    life.isBusy = true;
    const isCurrent = () => this.#life === life;
    try {
      const token = await this.#options.getToken();
      // Without a token there is nothing to go on with: the connection lives to its end.
      if (!isCurrent() || token === null) return;
      if (token === life.token) {
        this.#retry(life);
        return;
      }
      const { tokenExpiresInMs } = await this.#options.authenticate(token);
      if (!isCurrent()) return;
      life.token = token;
      life.failures = 0;
      this.#plan(tokenExpiresInMs);
      this.#options.onRenewed();
    } catch (error) {
      if (isCurrent()) this.#fail(life, error);
    } finally {
      life.isBusy = false;
    }
  }

  #fail(life: Life, error: unknown): void {
    const { report, onOtherUser } = this.#options;
    if (isRoomcastError(error, 'FORBIDDEN')) {
      onOtherUser(error);
      return;
    }
    report(error, 'token refresh');
    this.#retry(life);
  }

  #retry(life: Life): void {
    const { backoff, random } = this.#options;
    this.#wait(backoffDelayMs(life.failures, backoff, random));
    life.failures += 1;
  }
}
