import { deepStrictEqual } from 'node:assert';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Recorder } from './recorder.ts';

let recorder: Recorder<number>;

beforeEach(() => {
  vi.useFakeTimers();
  recorder = new Recorder<number>('number', () => 'There were letters.');
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const isEven = (entry: number) => entry % 2 === 0;

describe('a recording', () => {
  it('is a list of everything, whatever was taken', async () => {
    const { recording } = recorder;
    recorder.record(1);
    recorder.record(2);
    await recording.next();
    expect(recording).toEqual([1, 2]);
    deepStrictEqual(recording, [1, 2]);
    expect(recording.map((entry) => entry * 2)).toEqual([2, 4]);
    expect(recorder.untaken).toEqual([2]);
  });

  it('grows while it is held', () => {
    const { recording } = recorder;
    expect(recording).toHaveLength(0);
    recorder.record(1);
    expect(recording.at(-1)).toBe(1);
  });
});

describe('next', () => {
  it('returns what was there before it was asked for, oldest first, each once', async () => {
    recorder.record(1);
    recorder.record(2);
    await expect(recorder.recording.next()).resolves.toBe(1);
    await expect(recorder.recording.next()).resolves.toBe(2);
  });

  it('returns an entry that is undefined, too', async () => {
    const nothings = new Recorder<undefined>('nothing', () => '');
    nothings.record(undefined);
    await expect(nothings.recording.next()).resolves.toBeUndefined();
  });

  it('waits for what has not come, first come first served', async () => {
    const { recording } = recorder;
    const both = [recording.next(), recording.next()];
    recorder.record(1);
    recorder.record(2);
    recorder.record(3);
    await expect(Promise.all(both)).resolves.toEqual([1, 2]);
    await expect(recording.next()).resolves.toBe(3);
  });

  it('passes by what does not fit, and leaves it for others', async () => {
    const { recording } = recorder;
    recorder.record(1);
    recorder.record(2);
    await expect(recording.next(isEven)).resolves.toBe(2);
    const even = recording.next(isEven);
    await expect(recording.next()).resolves.toBe(1);
    recorder.record(3);
    recorder.record(4);
    await expect(even).resolves.toBe(4);
    await expect(recording.next()).resolves.toBe(3);
  });

  it('gives up in time, and says what there was instead', async () => {
    const failed = expect(recorder.recording.next(undefined, 100)).rejects.toThrow(
      'No number within 100 ms. There were letters.',
    );
    await vi.advanceTimersByTimeAsync(100);
    await failed;
  });

  it('gives up after two seconds where nothing else is said', async () => {
    const failed = expect(recorder.recording.next()).rejects.toThrow('within 2000 ms');
    await vi.advanceTimersByTimeAsync(2_000);
    await failed;
  });

  it('rejects who asked what fails, and nobody else', async () => {
    const broken = () => {
      throw new Error('broken');
    };
    const failed = expect(recorder.recording.next(broken)).rejects.toThrow('broken');
    const patient = recorder.recording.next(isEven);
    recorder.record(1);
    await failed;
    recorder.record(2);
    await expect(patient).resolves.toBe(2);
    await expect(recorder.recording.next(broken)).rejects.toThrow('broken');
    await expect(recorder.recording.next()).resolves.toBe(1);
  });

  it('refuses a time that no timer can wait for', async () => {
    await expect(recorder.recording.next(undefined, Number.NaN)).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
    });
  });

  it('does not wait while nothing can come', async () => {
    const closed = new Recorder<number>('number', String, () => {
      throw new Error('closed');
    });
    await expect(closed.recording.next()).rejects.toThrow('closed');
  });

  it('does not hand an entry to who has given up', async () => {
    const failed = expect(recorder.recording.next(undefined, 50)).rejects.toThrow();
    const patient = recorder.recording.next(undefined, 100);
    await vi.advanceTimersByTimeAsync(50);
    await failed;
    recorder.record(1);
    await expect(patient).resolves.toBe(1);
  });
});
