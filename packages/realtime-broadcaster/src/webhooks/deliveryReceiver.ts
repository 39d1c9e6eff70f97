import { broadcastDelivery, prepareDelivery } from './broadcastDelivery.ts';
import { createDeliveryLog } from './deliveryLog.ts';
import { DeliveryMemory } from './deliveryMemory.ts';
import type { WebhookHeaders } from './headerValue.ts';
import { decodeBody, parseDeliveryBody } from './parseDeliveryBody.ts';
import { parseSignatureHeaders, type SignatureHeaders } from './parseSignatureHeaders.ts';
import { createSignatureVerifier, type SignatureVerifier } from './signatureVerifier.ts';
import type { ResolvedReceiverOptions } from './webhookReceiverOptions.ts';
import { WebhookRefusal } from './webhookRefusal.ts';
import { acknowledge, refuse, type WebhookResponse } from './webhookResponse.ts';

/** A delivery as it came, its body untouched. */
export interface RawDelivery {
  readonly headers: WebhookHeaders;
  /** The bytes as they were sent: parsed and written again they would have another signature. */
  readonly rawBody: Uint8Array;
}

/** Verifies, deduplicates and broadcasts deliveries, whatever brought them. */
export class DeliveryReceiver {
  readonly #options: ResolvedReceiverOptions;
  readonly #isSigned: SignatureVerifier;
  readonly #memory: DeliveryMemory;
  readonly #log: ReturnType<typeof createDeliveryLog>;

  constructor(options: ResolvedReceiverOptions) {
    this.#options = options;
    this.#isSigned = createSignatureVerifier(options.secrets);
    // A timestamp may be the tolerance ahead, and is accepted until it is the tolerance behind.
    this.#memory = new DeliveryMemory({ ...options, replayableMs: 2 * options.toleranceMs });
    this.#log = createDeliveryLog(options);
  }

  /** Never rejects. */
  async receive({ headers, rawBody }: RawDelivery): Promise<WebhookResponse> {
    let id: string | undefined;
    try {
      const signed = parseSignatureHeaders(headers);
      id = signed.id;
      const { type, data } = this.#verify(signed, rawBody);
      const broadcast = prepareDelivery(type, data);
      const idempotencyKey = `${this.#options.source}:${id}`;
      const outcome = await this.#memory.once(id, () =>
        broadcastDelivery(broadcast, this.#options, { idempotencyKey }),
      );
      this.#log.acknowledged(id, outcome);
      return acknowledge(outcome);
    } catch (error) {
      return this.refuse(error, id);
    }
  }

  /** The answer for what could not be received. */
  refuse(error: unknown, id?: string): WebhookResponse {
    const refusal =
      error instanceof WebhookRefusal
        ? error
        : new WebhookRefusal('BROADCAST_FAILED', { cause: error });
    this.#log.refused(id, refusal);
    return refuse(refusal);
  }

  #verify(signed: SignatureHeaders, rawBody: Uint8Array): { type: string; data: unknown } {
    const { clock, maxBodyBytes, toleranceMs } = this.#options;
    if (Math.abs(clock.now() - signed.timestampSeconds * 1_000) > toleranceMs) {
      throw new WebhookRefusal('TIMESTAMP_REFUSED');
    }
    if (rawBody.byteLength > maxBodyBytes) throw new WebhookRefusal('BODY_TOO_LARGE');
    const body = decodeBody(rawBody);
    if (!this.#isSigned(signed, body)) throw new WebhookRefusal('SIGNATURE_REFUSED');
    return parseDeliveryBody(body);
  }
}
