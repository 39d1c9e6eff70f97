import { expect, it } from 'vitest';
import { readSettings } from './settings.ts';

it('has a default for everything', () => {
  expect(readSettings({})).toMatchObject({ port: 3000, host: '127.0.0.1', secret: undefined });
  expect(readSettings({})).toMatchObject({ webhookSecret: undefined, replaySpeed: 1 });
  expect(readSettings({}).redisUrl).toBeUndefined();
  expect(readSettings({}).database).toMatch(/\.data.ticketing\.sqlite$/);
});

it('takes what the environment says', () => {
  const secret = 's'.repeat(32);
  const env = {
    ...{ PORT: '0', HOST: '::1', TICKETING_DB: ':memory:', TICKETING_SECRET: secret },
    ...{ TICKETING_WEBHOOK_SECRET: 'whsec_x', REPLAY_SPEED: '2.5' },
    REDIS_URL: 'redis://127.0.0.1:6379',
  };
  expect(readSettings(env)).toEqual({
    ...{ port: 0, host: '::1', database: ':memory:', secret },
    ...{ webhookSecret: 'whsec_x', replaySpeed: 2.5 },
    redisUrl: 'redis://127.0.0.1:6379',
  });
});

it('takes an empty variable for one that is not set', () => {
  const env = {
    ...{ PORT: '', HOST: '', TICKETING_DB: '', TICKETING_SECRET: '' },
    ...{ TICKETING_WEBHOOK_SECRET: '', REPLAY: '', REPLAY_SPEED: '' },
    REDIS_URL: '',
  };
  expect(readSettings(env)).toEqual(readSettings({}));
});

it.each(['abc', '-1', '80.5', '65536'])('refuses the port %s by its name', (PORT) => {
  expect(() => readSettings({ PORT })).toThrow(
    `PORT to be a whole number from 0 to 65535, got "${PORT}"`,
  );
});

it('refuses a secret that is too short to be one', () => {
  expect(() => readSettings({ TICKETING_SECRET: 'hunter2' })).toThrow(/TICKETING_SECRET.*32 bytes/);
});

it('plays nothing where the replay is off', () => {
  expect(readSettings({ REPLAY: 'off', REPLAY_SPEED: '2' }).replaySpeed).toBeNull();
});

it.each(['fast', '0', '-1', '101'])('refuses the speed %s by its name', (REPLAY_SPEED) => {
  expect(() => readSettings({ REPLAY_SPEED })).toThrow('REPLAY_SPEED to be a number above 0');
});
