import type { PayloadIssue } from '@roomcast/realtime-contract';

/** Why a delivery was not broadcast. */
export type WebhookRefusalCode =
  | 'METHOD_NOT_ALLOWED'
  | 'UNSUPPORTED_CONTENT'
  | 'BODY_TOO_LARGE'
  | 'BODY_TIMEOUT'
  | 'BODY_INCOMPLETE'
  | 'BODY_ALREADY_READ'
  | 'MALFORMED_HEADERS'
  | 'MALFORMED_BODY'
  | 'TIMESTAMP_REFUSED'
  | 'SIGNATURE_REFUSED'
  | 'UNKNOWN_WEBHOOK_TYPE'
  | 'INVALID_PAYLOAD'
  | 'INVALID_ROOM'
  | 'CONFLICT'
  | 'NO_DEFAULT_BROADCASTER'
  | 'BROADCAST_FAILED'
  | 'BROADCAST_TIMEOUT'
  | 'TOO_MANY_DELIVERIES';

interface RefusalEntry {
  readonly status: number;
  /** Repeats nothing that came with the request. */
  readonly message: string;
}

/** How each refusal is answered. */
export const webhookRefusals: Readonly<Record<WebhookRefusalCode, RefusalEntry>> = {
  METHOD_NOT_ALLOWED: { status: 405, message: 'Webhooks are sent with POST.' },
  UNSUPPORTED_CONTENT: {
    status: 415,
    message: 'Send application/json in UTF-8, without content encoding.',
  },
  BODY_TOO_LARGE: { status: 413, message: 'The body is larger than this receiver allows.' },
  BODY_TIMEOUT: { status: 408, message: 'The body did not arrive in time.' },
  BODY_INCOMPLETE: { status: 400, message: 'The body ended before it was complete.' },
  BODY_ALREADY_READ: {
    status: 500,
    message: 'The receiver is set up wrongly: something has read the body before it.',
  },
  MALFORMED_HEADERS: {
    status: 400,
    message:
      'Send webhook-id, webhook-timestamp and webhook-signature once each, as Standard Webhooks describes them.',
  },
  MALFORMED_BODY: {
    status: 400,
    message: 'The body has to be a JSON object in UTF-8, with a text as `type` and a field `data`.',
  },
  TIMESTAMP_REFUSED: {
    status: 401,
    message: 'webhook-timestamp is too far from the time of this receiver.',
  },
  SIGNATURE_REFUSED: {
    status: 401,
    message: 'webhook-signature holds no v1 signature that fits a secret of this receiver.',
  },
  UNKNOWN_WEBHOOK_TYPE: { status: 422, message: 'This receiver knows no event of this type.' },
  INVALID_PAYLOAD: { status: 422, message: 'The data does not fit the type of the event.' },
  INVALID_ROOM: { status: 422, message: 'An id of the data cannot be the id of a room.' },
  CONFLICT: {
    status: 409,
    message: 'What the event reports cannot be true here. Sending it again changes nothing.',
  },
  NO_DEFAULT_BROADCASTER: {
    status: 500,
    message: 'The receiver is set up wrongly: it has no broadcaster.',
  },
  BROADCAST_FAILED: { status: 503, message: 'The event could not be broadcast. Send it again.' },
  BROADCAST_TIMEOUT: {
    status: 503,
    message: 'The event could not be broadcast in time. Send it again.',
  },
  TOO_MANY_DELIVERIES: {
    status: 503,
    message: 'Too many deliveries at this time. Send it again later.',
  },
};

interface WebhookRefusalOptions extends ErrorOptions {
  /** What is wrong with the data; it too repeats nothing of it. */
  readonly issues?: readonly PayloadIssue[];
}

/** Ends the handling of a delivery with an answer of {@link webhookRefusals}. */
export class WebhookRefusal extends Error {
  override readonly name = 'WebhookRefusal';
  readonly code: WebhookRefusalCode;
  readonly status: number;
  readonly issues: readonly PayloadIssue[] | undefined;

  constructor(code: WebhookRefusalCode, options: WebhookRefusalOptions = {}) {
    const { status, message } = webhookRefusals[code];
    super(message, options);
    this.code = code;
    this.status = status;
    this.issues = options.issues;
  }
}
