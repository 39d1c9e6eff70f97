import { expect, test } from 'vitest';
import * as browser from './browser.ts';
import * as conformance from './conformance/index.ts';
import * as browserFrames from './frames/browser.ts';
import * as frames from './frames/index.ts';
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
      "deflateBomb",
      "lzStringBomb",
      "codecConformance",
    ]
  `);
});

test('./frames exports these values and no others; browsers get those that read', () => {
  expect(Object.keys(frames).sort()).toMatchInlineSnapshot(`
    [
      "RoomFrames",
      "compressFrame",
      "createFrameReader",
      "deflateFrame",
      "inflateFrame",
    ]
  `);
  expect(Object.keys(browserFrames).sort()).toMatchInlineSnapshot(`
    [
      "createFrameReader",
      "inflateFrame",
    ]
  `);
});
