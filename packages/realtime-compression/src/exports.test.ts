import { expect, test } from 'vitest';
import * as browser from './browser.ts';
import * as conformance from './conformance/index.ts';
import * as node from './index.ts';

test('the package exports these values and no others, for Node and for browsers', () => {
  expect(Object.keys(node)).toMatchInlineSnapshot(`
    [
      "MessageCompressor",
    ]
  `);
  expect(Object.keys(browser)).toEqual(Object.keys(node));
  expect(browser.MessageCompressor).not.toBe(node.MessageCompressor);
});

test('./conformance exports these values and no others', () => {
  expect(Object.keys(conformance)).toMatchInlineSnapshot(`
    [
      "codecConformance",
    ]
  `);
});
