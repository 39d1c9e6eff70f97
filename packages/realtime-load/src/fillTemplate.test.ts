import { expect, it } from 'vitest';
import { fillTemplate } from './fillTemplate.ts';

it('fills the texts of any JSON, and leaves the rest', () => {
  const template = { to: '{room}', list: ['{n}: {stamp}', 4, null, true], '{n}': '{unknown}' };
  expect(fillTemplate(template, { room: 'a$&', n: '1', stamp: 's' })).toEqual({
    ...{ to: 'a$&', list: ['1: s', 4, null, true], '{n}': '{unknown}' },
  });
  expect(fillTemplate('{room}', { room: 'lobby' })).toBe('lobby');
  expect(fillTemplate('{constructor}', {})).toBe('{constructor}');
});
