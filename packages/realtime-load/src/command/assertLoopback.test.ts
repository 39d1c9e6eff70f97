import { describe, expect, it } from 'vitest';
import { assertLoopback } from './assertLoopback.ts';

describe('a target without --allow-remote', () => {
  it.each([
    'http://127.0.0.1:3001',
    'ws://127.8.9.10',
    'http://[::1]:3001',
    'http://localhost:3001/webhooks',
    'http://[::ffff:127.0.0.1]:80',
  ])('may be %s', async (url) => {
    await expect(assertLoopback(url)).resolves.toBeUndefined();
  });

  it.each(['http://10.0.0.1', 'http://0.0.0.0:3001', 'http://[::]:1', 'http://128.0.0.1'])(
    'may not be %s',
    async (url) => {
      await expect(assertLoopback(url)).rejects.toThrow('add `--allow-remote`');
    },
  );

  it.each([
    [
      'has another address beside',
      [
        { address: '127.0.0.1', family: 4 },
        { address: '192.0.2.1', family: 4 },
      ],
    ],
    ['has no address', []],
  ])('may not be a name that %s', async (_, addresses) => {
    const rejection = assertLoopback('http://shop.example', async () => addresses);
    await expect(rejection).rejects.toThrow('is not on this machine');
  });

  it('may not be a name that cannot be looked up', async () => {
    const fail = async () => Promise.reject(new Error('ENOTFOUND'));
    await expect(assertLoopback('http://shop.example', fail)).rejects.toThrow('no address');
  });
});
