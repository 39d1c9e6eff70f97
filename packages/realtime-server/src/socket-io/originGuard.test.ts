import { describe, expect, it } from 'vitest';
import { isOriginAllowed } from './originGuard.ts';

const host = 'app.example:3001';

describe('isOriginAllowed', () => {
  it('allows what is no page: a request without an Origin', () => {
    expect(isOriginAllowed(undefined, host, [])).toBe(true);
  });

  it.each(['https://a.example', 'http://localhost:5173'])(
    'allows the listed origin %s',
    (origin) => {
      expect(isOriginAllowed(origin, host, ['https://a.example', 'http://localhost:5173'])).toBe(
        true,
      );
    },
  );

  it.each(['http://app.example:3001', 'https://app.example:3001'])(
    'allows %s where the same origin is allowed',
    (origin) => {
      expect(isOriginAllowed(origin, host, ['same-origin'])).toBe(true);
    },
  );

  it.each([
    'http://evil.example',
    'http://app.example',
    'http://app.example:3002',
    'http://app.example:3001.evil.example',
    'http://evil.example#app.example:3001',
    'http://app.example:3001@evil.example',
    'ftp://app.example:3001',
    'null',
    '',
    'app.example:3001',
    'same-origin',
  ])('does not take %j for the same origin', (origin) => {
    const allowed = ['same-origin'].filter((entry) => entry !== origin);
    expect(isOriginAllowed(origin, host, allowed)).toBe(false);
  });

  it.each([
    'https://a.example.evil.example',
    'http://a.example',
    'https://A.example',
    'https://a.example/',
  ])('does not take %s for the listed https://a.example', (origin) => {
    expect(isOriginAllowed(origin, host, ['https://a.example'])).toBe(false);
  });

  it('allows the own host only where that is asked for', () => {
    expect(isOriginAllowed(`http://${host}`, host, ['https://a.example'])).toBe(false);
    expect(isOriginAllowed(`http://${host}`, host, [])).toBe(false);
  });

  it('allows no page where the host is not known', () => {
    expect(isOriginAllowed('http://app.example', undefined, ['same-origin'])).toBe(false);
    expect(isOriginAllowed('null', undefined, ['same-origin'])).toBe(false);
  });
});
