import { describe, expect, it } from 'vitest';
import { LazyMap } from './lazyMap.ts';

describe('a lazy map', () => {
  it('is empty until something is set, and harmless to ask', () => {
    const map = new LazyMap<string, number>();
    map.delete('one');
    expect([map.size, map.has('one'), map.get('one'), map.first()]).toEqual([
      0,
      false,
      undefined,
      undefined,
    ]);
  });

  it('holds what was set, in its order', () => {
    const map = new LazyMap<string, number>();
    map.set('one', 1);
    map.set('two', 2);
    map.set('one', 3);
    expect([map.size, map.has('two'), map.get('one'), map.first()]).toEqual([
      2,
      true,
      3,
      ['one', 3],
    ]);
    map.delete('one');
    expect(map.first()).toEqual(['two', 2]);
    map.delete('two');
    expect(map.size).toBe(0);
  });
});
