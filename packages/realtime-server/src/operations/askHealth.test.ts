import type { BrokerHealth } from '@roomcast/realtime-broker';
import { expect, it, vi } from 'vitest';
import { askHealth } from './askHealth.ts';

const failure = new Error('the log is away');
const later = (answer: Promise<unknown>) => () => answer as unknown as BrokerHealth;

it.each<[string, (() => BrokerHealth) | undefined, 'up' | 'down']>([
  ['says nothing of it', undefined, 'up'],
  ['is up', () => ({ status: 'up' }), 'up'],
  ['is down', () => ({ status: 'down' }), 'down'],
  ['never answers', later(new Promise(() => {})), 'down'],
  ['answers later', later(Promise.resolve({ status: 'up' })), 'down'],
  ['answers with nothing', () => undefined as unknown as BrokerHealth, 'down'],
])('a part that %s', (_, health, status) => {
  const report = vi.fn();
  expect(askHealth({ ...(health && { health }) }, report)).toBe(status);
  expect(report).not.toHaveBeenCalled();
});

it.each<[string, () => BrokerHealth]>([
  [
    'throws',
    () => {
      throw failure;
    },
  ],
  ['rejects', () => later(Promise.reject(failure))()],
])('a part that %s is down, and reported', async (_, health) => {
  const report = vi.fn();
  expect(askHealth({ health }, report)).toBe('down');
  await vi.waitFor(() => expect(report.mock.calls).toEqual([[failure, 'health']]));
});
