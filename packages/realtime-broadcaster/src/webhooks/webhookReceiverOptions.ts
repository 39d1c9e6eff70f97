import {
  type Clock,
  type Logger,
  type ReportError,
  RoomcastError,
  silentLogger,
  systemClock,
} from '@roomcast/realtime-contract';
import type { TicketingBroadcaster } from '../webSocketBroadcaster.ts';

export interface WebhookReceiverOptions {
  /**
   * The secrets of the provider, each base64 of at least 24 bytes, with or without `whsec_` before
   * it. A signature of any of them is accepted: to rotate, add the new one, and remove the old one
   * when the provider no longer uses it.
   */
  readonly secrets: readonly string[];
  /** Publishes the events. @default the one given to `setDefaultBroadcaster` */
  readonly broadcaster?: TicketingBroadcaster;
  /**
   * For a `broadcaster` of your own that first changes your data: whether what it rejected with is
   * for good, such as a seat that is sold. The provider is then answered 409 instead of being told to
   * try again.
   * @default nothing is
   */
  readonly isConflict?: (error: unknown) => boolean;
  /**
   * Stands before the delivery id in the idempotency key, `webhook:msg_1`. Give receivers of
   * different providers different ones, or equal ids of two providers are taken for one delivery.
   * @default 'webhook'
   */
  readonly source?: string;
  /**
   * How far `webhook-timestamp` may be from the time of this machine, in either direction, in
   * milliseconds.
   * @default 300_000
   */
  readonly toleranceMs?: number;
  /** The largest body, in bytes. @default 65_536 */
  readonly maxBodyBytes?: number;
  /** How long a body may take to arrive, in milliseconds. @default 10_000 */
  readonly bodyTimeoutMs?: number;
  /** How long publishing may take before the provider is told to try again. @default 10_000 */
  readonly broadcastTimeoutMs?: number;
  /**
   * For how long the id of a broadcast delivery is known, in milliseconds: at least twice the
   * tolerance, and better as long as the provider goes on retrying.
   * @default 86_400_000
   */
  readonly rememberMs?: number;
  /**
   * How many ids are held. When there are more, those that can no longer be replayed go first; when
   * all still can, deliveries are refused with 503.
   * @default 100_000
   */
  readonly maxDeliveries?: number;
  /** One line for each delivery: never a body, a signature or a secret. @default silent */
  readonly logger?: Logger;
  /** Receives what made publishing fail. @default an error line of the logger */
  readonly onError?: ReportError;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

export const webhookReceiverDefaults = {
  source: 'webhook',
  toleranceMs: 300_000,
  maxBodyBytes: 65_536,
  bodyTimeoutMs: 10_000,
  broadcastTimeoutMs: 10_000,
  rememberMs: 86_400_000,
  maxDeliveries: 100_000,
  logger: silentLogger as Logger,
  clock: systemClock as Clock,
};

/** The options with nothing left open that has a default. */
export type ResolvedReceiverOptions = WebhookReceiverOptions & typeof webhookReceiverDefaults;

const numbers = [
  'toleranceMs',
  'maxBodyBytes',
  'bodyTimeoutMs',
  'broadcastTimeoutMs',
  'rememberMs',
  'maxDeliveries',
] as const;

/** @throws RoomcastError `INVALID_CONFIG` */
export function resolveReceiverOptions(options: WebhookReceiverOptions): ResolvedReceiverOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const resolved: ResolvedReceiverOptions = {
    ...webhookReceiverDefaults,
    ...(Object.fromEntries(given) as unknown as WebhookReceiverOptions),
  };
  if (!Array.isArray(resolved.secrets) || resolved.secrets.length === 0) {
    throw invalid('Expected `secrets` to hold at least one secret.');
  }
  for (const name of numbers) {
    if (resolved[name] > 0) continue;
    throw invalid(`Expected \`${name}\` to be a positive number, got \`${resolved[name]}\`.`);
  }
  if (resolved.rememberMs < 2 * resolved.toleranceMs) {
    throw invalid(
      'Expected `rememberMs` to be at least twice `toleranceMs`: a delivery whose timestamp is ahead can be replayed for so long.',
    );
  }
  return resolved;
}

function invalid(message: string): RoomcastError {
  return new RoomcastError('INVALID_CONFIG', message);
}
