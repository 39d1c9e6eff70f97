import { describe, expect, test } from 'vitest';
import { DeflateReader } from './deflateReader.ts';
import { HuffmanTable } from './huffmanTable.ts';

describe('HuffmanTable', () => {
  test('gives symbols their bits in the order of length and number', () => {
    const table = new HuffmanTable(Uint8Array.of(2, 1, 3, 3));
    // From the right: 0, 10, 110 and 111, each with its first bit first.
    const reader = new DeflateReader(Uint8Array.of(0b11_011_01_0, 0b1));
    expect([1, 2, 3, 4].map(() => table.next(reader))).toEqual([1, 0, 2, 3]);
  });

  test('refuses more symbols than fit', () => {
    expect(() => new HuffmanTable(Uint8Array.of(1, 1, 1))).toThrow('more symbols');
    expect(() => new HuffmanTable(Uint8Array.of(1, 2, 2, 2))).toThrow('more symbols');
    expect(() => new HuffmanTable(new Uint8Array(316).fill(1))).toThrow('more symbols');
    expect(() => new HuffmanTable(Uint8Array.of(1, 1, 15))).toThrow('more symbols');
  });

  test('refuses fewer symbols than fit, unless one is alone', () => {
    expect(() => new HuffmanTable(Uint8Array.of(2, 2, 2))).toThrow('gaps');
    expect(() => new HuffmanTable(Uint8Array.of(0, 3))).toThrow('gaps');
    expect(() => new HuffmanTable(Uint8Array.of(0, 1, 0))).not.toThrow();
  });

  test('refuses bits that no symbol has', () => {
    const table = new HuffmanTable(Uint8Array.of(1));
    expect(table.next(new DeflateReader(Uint8Array.of(0)))).toBe(0);
    expect(() => table.next(new DeflateReader(Uint8Array.of(1)))).toThrow('no symbol');
  });
});
