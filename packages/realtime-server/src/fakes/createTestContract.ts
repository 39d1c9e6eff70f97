import { type AnyContract, defineContract } from '@roomcast/realtime-contract';

/** A Standard Schema for a text, so that the tests need no schema library. */
const text: AnyContract['events'][string]['payload'] = {
  '~standard': {
    version: 1,
    vendor: 'roomcast-tests',
    validate: (value: unknown) =>
      typeof value === 'string' ? { value } : { issues: [{ message: 'Expected a text' }] },
  },
};

/** A contract with a room of every kind of access, an event of every delivery, and two actions. */
export function createTestContract(): AnyContract {
  return defineContract({
    version: '2.1',
    rooms: {
      event: { template: 'event-{eventId}', access: 'public', presence: text },
      news: { template: 'news', access: 'authenticated' },
      team: { template: 'team-{teamId}', access: 'authorised' },
      staff: { template: 'staff' },
      user: { template: 'user-{userId}' },
      global: { template: 'global', access: 'authenticated' },
    },
    events: {
      posted: { room: 'event', payload: text, delivery: 'reliable', example: 'hello' },
      price: { room: 'event', payload: text, delivery: 'latest', example: '12' },
      typing: { room: 'event', payload: text, delivery: 'volatile', example: 'alice' },
      secret: { room: 'event', payload: text, delivery: 'reliable', example: 's', encrypted: true },
      notice: { room: 'user', payload: text, delivery: 'reliable', example: 'for you' },
      news: { room: 'global', payload: text, delivery: 'reliable', example: 'for all' },
    },
    actions: {
      shout: { input: text, output: text, errors: ['TOO_LOUD'] },
      whisper: { input: text, output: text, guests: true },
    },
  });
}
