import { expect, test } from 'vitest';
import { headerValue } from './headerValue.ts';

test.each([
  ['one value', { 'webhook-id': 'a' }, 'a'],
  ['a name in other letters', { 'Webhook-ID': 'a' }, 'a'],
  ['a list of one', { 'webhook-id': ['a'] }, 'a'],
  ['nothing', {}, undefined],
  ['an undefined value', { 'webhook-id': undefined }, undefined],
  ['an empty list', { 'webhook-id': [] }, undefined],
  ['two values', { 'webhook-id': ['a', 'b'] }, undefined],
  ['two spellings', { 'webhook-id': 'a', 'Webhook-Id': 'b' }, undefined],
  ['something that is no text', { 'webhook-id': {} as string }, undefined],
])('of %s', (_, headers, expected) => {
  expect(headerValue(headers, 'webhook-id')).toBe(expected);
});
