import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProgressLine } from './progressLine.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Shows a number every 100 ms for 12 s. */
function show(isTTY: boolean): string {
  let written = '';
  const output = {
    isTTY,
    write(text: string) {
      written += text;
    },
  };
  const line = createProgressLine(output, 'storm');
  for (let done = 1; done <= 120; done += 1) {
    vi.advanceTimersByTime(100);
    line.show(done, 120);
  }
  line.end();
  return written;
}

it('rewrites one line on a terminal, and ends it', () => {
  const written = show(true);
  expect(written).toMatch(/^\rstorm: 1 of 120\rstorm: 2 of 120\r/);
  expect(written).toMatch(/storm: 120 of 120\n$/);
});

it('writes a line now and then elsewhere', () => {
  expect(show(false)).toBe('storm: 50 of 120\nstorm: 100 of 120\n');
});
