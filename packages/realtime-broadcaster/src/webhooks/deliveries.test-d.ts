import { Buffer } from 'node:buffer';
import type {
  Clock,
  PublicationInput,
  Publisher,
  PublishResult,
} from '@roomcast/realtime-contract';
import { WebSocketBroadcaster } from '../webSocketBroadcaster.ts';
import type { RawDelivery } from './deliveryReceiver.ts';
import { signWebhook } from './signWebhook.ts';

// What the tests of this folder share.

export const secret: string = `whsec_${Buffer.alloc(32, 'our secret').toString('base64')}`;
export const otherSecret: string = `whsec_${Buffer.alloc(32, 'another one').toString('base64')}`;
export const nowMs: number = Date.parse('2026-05-04T18:30:00.000Z');

export const purchase = { eventId: '42', ticketId: 't-1', owner: 'alice', price: 49.5 };
export const purchaseBody: string = JSON.stringify({ type: 'ticket.purchased', data: purchase });

/** A clock that stands still until the test moves it. */
export class FakeClock implements Clock {
  #nowMs = nowMs;
  readonly #timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  schedule(callback: () => void, delayMs: number): () => void {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }

  advance(byMs: number): void {
    this.#nowMs += byMs;
    for (const timer of [...this.#timers]) {
      if (timer.atMs > this.#nowMs) continue;
      this.#timers.delete(timer);
      timer.callback();
    }
  }
}

/** A log that knows idempotency keys, and does as the test says with what is published. */
export class FakeLog implements Publisher {
  /** What was appended. */
  readonly published: PublicationInput[] = [];
  /** Every attempt. */
  readonly attempts: PublicationInput[] = [];
  /** Replaced by tests that want a publish to wait or to fail, before or after appending. */
  before: () => Promise<void> = async () => {};
  after: () => Promise<void> = async () => {};
  readonly #results = new Map<string, PublishResult>();

  async publish(input: PublicationInput): Promise<PublishResult> {
    this.attempts.push(input);
    await this.before();
    const key = input.idempotencyKey && `${input.room} ${input.idempotencyKey}`;
    const earlier = key && this.#results.get(key);
    if (earlier) return earlier;
    this.published.push(input);
    const position = { epoch: 'epoch', offset: this.published.length, revision: 0 };
    if (key) this.#results.set(key, { position });
    await this.after();
    return { position };
  }
}

export function broadcasterTo(
  log: Publisher,
  clock: Clock = new FakeClock(),
): WebSocketBroadcaster {
  return new WebSocketBroadcaster(log, { clock });
}

interface DeliveryParts {
  readonly secret?: string;
  readonly id?: string;
  readonly timestampMs?: number;
  readonly body?: string;
}

/** A signed delivery; a purchase at this moment unless the test says otherwise. */
export function delivery(parts: DeliveryParts = {}): RawDelivery {
  const { id = 'msg_1', timestampMs = nowMs, body = purchaseBody } = parts;
  const timestamp = new Date(timestampMs);
  const headers = signWebhook({ secret: parts.secret ?? secret, id, timestamp, body });
  return { headers, rawBody: Buffer.from(body) };
}

/** A promise and how to settle it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
