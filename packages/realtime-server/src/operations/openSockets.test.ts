import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { OpenSockets } from './openSockets.ts';

it('knows the sockets that are open', () => {
  const sockets = new OpenSockets();
  const [one, other] = [new Socket(), new Socket()];
  sockets.add(one);
  sockets.add(other);
  one.destroy();
  expect(sockets.all()).toEqual([other]);
});

it('keeps at most twice as many as are open, however many have come and gone', () => {
  const sockets = new OpenSockets();
  const open = Array.from({ length: 100 }, () => new Socket());
  for (const socket of open) sockets.add(socket);
  for (let count = 0; count < 10_000; count += 1) {
    const socket = new Socket();
    sockets.add(socket);
    socket.destroy();
    expect(sockets.size).toBeLessThanOrEqual(202);
  }
  expect(sockets.all()).toEqual(open);
});
