import { describe, expect, it } from 'vitest';
import { isContractVersion } from './contractVersion.ts';

describe('isContractVersion', () => {
  it.each(['0.0', '1.0', '12.345', '999999999.999999999'])('accepts %s', (version) => {
    expect(isContractVersion(version)).toBe(true);
  });

  it.each([
    '',
    '1',
    '1.',
    '.1',
    '1.0.0',
    '1.0\n',
    ' 1.0',
    '1e3.0',
    '1234567890.0',
    '0.1234567890',
    1.5,
    null,
    ['1.0'],
  ])('refuses %j', (version) => {
    expect(isContractVersion(version)).toBe(false);
  });
});
