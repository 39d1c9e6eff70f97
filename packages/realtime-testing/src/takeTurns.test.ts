import { expect, it, vi } from 'vitest';
import { takeTurns } from './takeTurns.ts';

it('begins a step when the one before has ended, whatever became of that', async () => {
  const inTurn = takeTurns();
  let fail = (_: Error) => {};
  const first = inTurn(
    () =>
      new Promise<never>((_, reject) => {
        fail = reject;
      }),
  );
  const step = vi.fn(async () => 'done');
  const second = inTurn(step);
  const failed = expect(first).rejects.toThrow('no');
  await Promise.resolve();
  expect(step).not.toHaveBeenCalled();
  fail(new Error('no'));
  await failed;
  await expect(second).resolves.toBe('done');
});
