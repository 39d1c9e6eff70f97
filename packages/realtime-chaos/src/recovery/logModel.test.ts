import { describe, expect, it } from 'vitest';
import type { LogBounds } from './history.ts';
import { judge, LogModel } from './logModel.ts';

const ample: LogBounds = { maxPublications: 100, maxBytes: 10_000, maxAgeMs: 1_000 };
const start = { life: 0, offset: 0, revision: 0 };

/** A log with reliable publications of three bytes each, made at these times. */
function logOf(bounds: Partial<LogBounds>, timesMs: readonly number[]): LogModel {
  const model = new LogModel({ ...ample, ...bounds });
  for (const atMs of timesMs) {
    model.append({ room: 'r', event: 'e', payload: 'x', delivery: 'reliable' }, atMs);
  }
  return model;
}

function verdict(model: LogModel, nowMs = 0, offset = 0, maxReplay = Number.POSITIVE_INFINITY) {
  return judge({ ...start, offset }, model.at(nowMs), maxReplay);
}

describe('the model of a log', () => {
  it('resumes whoever stands where everything that follows is kept', () => {
    expect(verdict(logOf({ maxPublications: 2 }, [0, 0]))).toEqual({ status: 'resumed' });
    expect(verdict(logOf({ maxPublications: 2 }, [0, 0, 0]), 0, 1)).toEqual({ status: 'resumed' });
    expect(verdict(logOf({ maxPublications: 0 }, [0]), 0, 1)).toEqual({ status: 'resumed' });
  });

  it.each([
    ['count', { maxPublications: 2 }],
    ['bytes', { maxBytes: 6 }],
  ])('says overflow, and how many are missing, where too many %s went', (_, bounds) => {
    const gap = { status: 'gap', reason: 'overflow', missed: 3 };
    expect(verdict(logOf(bounds, [0, 0, 0]))).toEqual(gap);
  });

  it('says expired from the moment on at which the age is reached', () => {
    const model = logOf({}, [0, 500]);
    expect(verdict(model, 999)).toEqual({ status: 'resumed' });
    expect(verdict(model, 1_000)).toEqual({ status: 'gap', reason: 'expired', missed: 2 });
    expect(verdict(model, 1_000, 1)).toEqual({ status: 'resumed' });
  });

  it('names the reason for which the newest of what is gone went', () => {
    const model = logOf({ maxPublications: 1 }, [0, 0]);
    expect(verdict(model)).toMatchObject({ reason: 'overflow' });
    expect(verdict(model, 1_000)).toMatchObject({ reason: 'expired' });
  });

  it('says limit where more is kept than the client wants', () => {
    const model = logOf({}, [0, 0, 0]);
    expect(verdict(model, 0, 0, 2)).toEqual({ status: 'gap', reason: 'limit', missed: 3 });
    expect(verdict(model, 0, 1, 2)).toEqual({ status: 'resumed' });
  });

  it('says epoch-changed, without a number, once the log began anew', () => {
    const model = logOf({}, [0]);
    model.begin();
    expect(verdict(model)).toEqual({ status: 'gap', reason: 'epoch-changed' });
    expect(model.place).toEqual({ life: 1, offset: 0, revision: 0 });
  });

  it('knows the newest change of each latest value', () => {
    const model = new LogModel(ample);
    const price = (key: string, payload: number) =>
      ({ room: 'r', event: 'price', payload, delivery: 'latest', key }) as const;
    for (const input of [price('a', 1), price('b', 2), price('a', 3)]) model.append(input, 0);
    expect([...model.values().values()].map(({ payload }) => payload)).toEqual([3, 2]);
    expect(model.published('latest', 2)?.payload).toBe(2);
  });
});
