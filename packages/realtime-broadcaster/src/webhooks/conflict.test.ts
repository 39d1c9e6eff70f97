import { expect, it, vi } from 'vitest';
import { createWebhookReceiver } from './createWebhookReceiver.ts';
import { broadcasterTo, delivery, FakeClock, FakeLog, secret } from './deliveries.test-d.ts';

class SeatSold extends Error {}

function setUp(error: unknown) {
  const clock = new FakeClock();
  const log = new FakeLog();
  log.before = () => Promise.reject(error);
  const onError = vi.fn();
  const receiver = createWebhookReceiver({
    secrets: [secret],
    broadcaster: broadcasterTo(log, clock),
    clock,
    onError,
    isConflict: (cause) => cause instanceof SeatSold,
  });
  return { log, onError, receiver };
}

it('answers 409 when the broadcaster fails for good, and alarms nobody', async () => {
  const { onError, receiver } = setUp(new SeatSold('C7 belongs to alice'));
  const { status, body } = await receiver.receive(delivery());
  expect(status).toBe(409);
  expect(JSON.parse(body)).toMatchObject({ code: 'CONFLICT' });
  expect(body).not.toContain('alice');
  expect(onError).not.toHaveBeenCalled();
});

it('asks for another try when the broadcaster fails otherwise', async () => {
  const { onError, receiver } = setUp(new Error('no log'));
  expect((await receiver.receive(delivery())).status).toBe(503);
  expect(onError).toHaveBeenCalledOnce();
});

it('reads a delivery anew that was a conflict before', async () => {
  const { log, receiver } = setUp(new SeatSold());
  await receiver.receive(delivery());
  log.before = async () => {};
  expect((await receiver.receive(delivery())).status).toBe(200);
});
