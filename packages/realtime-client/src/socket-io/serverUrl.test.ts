import { afterEach, describe, expect, it, vi } from 'vitest';
import { serverUrl } from './serverUrl.ts';

afterEach(() => vi.unstubAllGlobals());

describe('where to connect to', () => {
  it('is the URL, whatever the page is', () => {
    vi.stubGlobal('location', { protocol: 'https:', host: 'page.example' });
    expect(serverUrl('http://localhost:3001')).toBe('http://localhost:3001');
  });

  it.each([
    ['https:', 'page.example', 'https://page.example'],
    ['http:', 'localhost:3000', 'http://localhost:3000'],
    ['http:', '[::1]:3000', 'http://[::1]:3000'],
  ])('is otherwise the origin of the page, %s//%s', (protocol, host, url) => {
    vi.stubGlobal('location', { protocol, host });
    expect(serverUrl('')).toBe(url);
  });

  it('is nowhere without either', () => {
    expect(() => serverUrl('')).toThrow(
      expect.objectContaining({ name: 'RoomcastError', code: 'INVALID_CONFIG' }),
    );
  });
});
