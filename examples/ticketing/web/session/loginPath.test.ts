import { expect, it } from 'vitest';
import { loginPath, nextPath } from './loginPath.ts';

it.each(['/', '/tickets', '/events/night-ferry', '/events/a%20b?x=1&y=2'])(
  'leads back to %s after the login',
  (path) => {
    expect(nextPath(loginPath(path).replace('/login', ''))).toBe(path);
  },
);

it('does not lead from the login page back to itself', () => {
  expect(loginPath('/login?next=%2Ftickets')).toBe('/login');
});

it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  'does not lead to %s',
  (target) => {
    expect(nextPath(`?next=${encodeURIComponent(target)}`)).toBe('/');
  },
);
