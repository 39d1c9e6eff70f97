import { expect, it } from 'vitest';
import { summariseClientSize } from './summariseClientSize.ts';

function summarise(clientBytes: number, withReactBytes: number) {
  const size = (gzipBytes: number) => ({ minBytes: 3 * gzipBytes, gzipBytes });
  return summariseClientSize({
    ...{ roomcast: size(clientBytes), roomcastReact: size(withReactBytes) },
    roomcastReactAll: size(withReactBytes + 2_000),
    ...{ socketIo: size(10_000), pusher: size(20_000), centrifuge: size(40_000) },
    ably: size(50_000),
  });
}

it('the ratios are those of the compressed sizes, to the budgets and to the peers', () => {
  const { ratios, targets, passed, table, figures } = summarise(18_000, 21_000);
  expect(ratios).toEqual({
    ...{ 'client of 20 kB': 0.9, 'React layer of 6 kB': 0.5 },
    ...{ 'socket.io-client': 1.8, 'pusher-js': 0.9, centrifuge: 0.45, ably: 0.36 },
  });
  expect(targets).toEqual({ 'client of 20 kB': 1, 'React layer of 6 kB': 1 });
  expect(passed).toBe(true);
  expect(table[1]).toEqual(['Roomcast client', '54.0', '18.0', '']);
  expect(table[2]).toEqual(['Hooks of an event page, more', '9.0', '3.0', '']);
  expect(table[3]).toEqual(['All of the React layer, more', '15.0', '5.0', '']);
  expect(figures).toMatchObject({ oursGzipBytes: 18_000, reactLayerGzipBytes: 3_000 });
  expect(figures).toMatchObject({ ablyGzipBytes: 50_000, pusherMinBytes: 60_000 });
});

it('a byte too many is a miss, in the client or in the hooks', () => {
  expect(summarise(20_000, 26_000).passed).toBe(true);
  expect(summarise(20_001, 26_000).passed).toBe(false);
  expect(summarise(20_000, 26_001).passed).toBe(false);
});
