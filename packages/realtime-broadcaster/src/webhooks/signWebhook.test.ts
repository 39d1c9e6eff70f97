import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { secret } from './deliveries.test-d.ts';
import { signWebhook } from './signWebhook.ts';

const key = Buffer.from(secret.slice('whsec_'.length), 'base64');

test('signs id, time and body with HMAC-SHA256, as another implementation does', () => {
  const body = '{"type":"ticket.purchased","data":{"seat":"Ränge 🎭"}}';
  const hmac = createHmac('sha256', key).update(`msg_1.1777919400.${body}`).digest('base64');
  const timestamp = new Date(1_777_919_400_999);
  expect(signWebhook({ secret, id: 'msg_1', timestamp, body })).toEqual({
    'content-type': 'application/json',
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1777919400',
    'webhook-signature': `v1,${hmac}`,
  });
});

test('takes the time of the machine where none is given', () => {
  vi.useFakeTimers({ now: 1_777_919_400_000 });
  const headers = signWebhook({ secret, id: 'msg_1', body: '{}' });
  vi.useRealTimers();
  expect(headers['webhook-timestamp']).toBe('1777919400');
});

test('refuses a secret that a receiver would refuse', () => {
  expect(() => signWebhook({ secret: 'short', id: 'msg_1', body: '{}' })).toThrow(
    expect.objectContaining({ code: 'INVALID_CONFIG' }),
  );
});
