import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { invokeGuarded } from './invokeGuarded.ts';

const failure = new Error('broken callback');
const unhandled = vi.fn();

/** Long enough for Node to report a rejection that nobody handles. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  process.on('unhandledRejection', unhandled);
});

afterEach(() => {
  process.off('unhandledRejection', unhandled);
  unhandled.mockReset();
});

describe('invokeGuarded', () => {
  it('calls the callback at once and reports nothing where it works', async () => {
    const report = vi.fn();
    const callback = vi.fn(async () => 'done');
    invokeGuarded(callback, 'onEvent', report);
    expect(callback).toHaveBeenCalledOnce();
    await settled();
    expect(report).not.toHaveBeenCalled();
  });

  it('reports a throw, with the name of the callback', () => {
    const report = vi.fn();
    invokeGuarded(
      () => {
        throw failure;
      },
      'onEvent',
      report,
    );
    expect(report.mock.calls).toEqual([[failure, 'onEvent']]);
  });

  it('reports a rejection', async () => {
    const report = vi.fn();
    invokeGuarded(() => Promise.reject(failure), 'onEvent', report);
    await vi.waitFor(() => expect(report.mock.calls).toEqual([[failure, 'onEvent']]));
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('reports a rejection of a promise that is not of this realm', async () => {
    const report = vi.fn();
    const then = (_: unknown, reject: (error: unknown) => void) => reject(failure);
    invokeGuarded(() => ({ then }), 'onEvent', report);
    await vi.waitFor(() => expect(report.mock.calls).toEqual([[failure, 'onEvent']]));
  });

  it.each([
    ['throws', () => Promise.reject(failure)],
    [
      'throws in turn',
      () => {
        throw failure;
      },
    ],
  ])('goes on where the callback %s and the reporter throws too', async (_, callback) => {
    const report = vi.fn(() => {
      throw new Error('broken reporter');
    });
    invokeGuarded(callback, 'onEvent', report);
    await vi.waitFor(() => expect(report).toHaveBeenCalledOnce());
    await settled();
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('goes on where an asynchronous reporter rejects', async () => {
    // No vi.fn here: it would handle the rejection by looking at it.
    const reported: unknown[] = [];
    const report = async (error: unknown) => {
      reported.push(error);
      throw new Error('broken reporter');
    };
    invokeGuarded(() => Promise.reject(failure), 'onEvent', report);
    await settled();
    expect(reported).toEqual([failure]);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
