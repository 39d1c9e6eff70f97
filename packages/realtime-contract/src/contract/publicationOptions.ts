/** What a publication may carry beside its payload. */
export interface PublicationOptions {
  readonly idempotencyKey?: string;
  readonly causedBy?: string;
}
