// Receiving
export { createWebhookReceiver, type WebhookReceiver } from './createWebhookReceiver.ts';
export type { RawDelivery } from './deliveryReceiver.ts';
export type { WebhookFetchHandler } from './fetchHandler.ts';
export type { WebhookHeaders } from './headerValue.ts';
export type { WebhookNodeHandler } from './nodeHandler.ts';
// Sending
export { type SignedWebhookHeaders, signWebhook, type WebhookToSign } from './signWebhook.ts';
export type { WebhookReceiverOptions } from './webhookReceiverOptions.ts';
export type { WebhookRefusalCode } from './webhookRefusal.ts';
export type { WebhookResponse } from './webhookResponse.ts';
