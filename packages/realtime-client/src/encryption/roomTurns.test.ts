import { describe, expect, it, vi } from 'vitest';
import { RoomTurns } from './roomTurns.ts';

/** A value that comes when the test says so. */
function later<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve: (value: Value) => resolve(value) };
}

describe('RoomTurns', () => {
  it('goes on in the order of the calls, whatever is there first', async () => {
    const turns = new RoomTurns(vi.fn());
    const first = later<string>();
    const heard: string[] = [];
    turns.run('a', first.promise, (value) => heard.push(value));
    turns.run('a', Promise.resolve('second'), (value) => heard.push(value));
    turns.run('b', Promise.resolve('other'), (value) => heard.push(value));
    await vi.waitFor(() => expect(heard).toEqual(['other']));
    first.resolve('first');
    await vi.waitFor(() => expect(heard).toEqual(['other', 'first', 'second']));
    expect(turns.has('a')).toBe(false);
  });

  it('does not go on with what was cleared, and begins anew', async () => {
    const turns = new RoomTurns(vi.fn());
    const first = later<string>();
    const heard: string[] = [];
    turns.run('a', first.promise, (value) => heard.push(value));
    turns.clear();
    expect(turns.has('a')).toBe(false);
    turns.run('a', Promise.resolve('new'), (value) => heard.push(value));
    first.resolve('old');
    await vi.waitFor(() => expect(heard).toEqual(['new']));
  });

  it('reports what throws, and goes on', async () => {
    const report = vi.fn();
    const turns = new RoomTurns(report);
    const heard: string[] = [];
    turns.run('a', Promise.resolve(), () => {
      throw new Error('no');
    });
    turns.run('a', Promise.resolve('next'), (value) => heard.push(value));
    await vi.waitFor(() => expect(heard).toEqual(['next']));
    expect(report).toHaveBeenCalledExactlyOnceWith(new Error('no'), 'opening');
  });
});
