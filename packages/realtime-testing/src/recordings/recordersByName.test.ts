import { expect, it } from 'vitest';
import { RecordersByName } from './recordersByName.ts';

it('keep every name by itself', async () => {
  const recorders = new RecordersByName();
  const sold = recorders.of('sold').take();
  recorders.of('refunded').record('r');
  recorders.of('sold').record('s');
  await expect(sold).resolves.toBe('s');
  await expect(recorders.of('refunded').take()).resolves.toBe('r');
});

it('say what is waiting to be taken under other names', async () => {
  const recorders = new RecordersByName();
  recorders.of('refunded').record(1);
  recorders.of('refunded').record(2);
  recorders.of('announced').record(1);
  recorders.of('taken').record(1);
  await recorders.of('taken').take();
  await expect(recorders.of('sold').take(undefined, 1)).rejects.toThrow(
    'No "sold" within 1 ms. Waiting to be taken: 2 × "refunded", 1 × "announced".',
  );
});

it('say so where nothing is waiting', async () => {
  await expect(new RecordersByName().of('sold').take(undefined, 1)).rejects.toThrow(
    'No "sold" within 1 ms. Nothing else is waiting to be taken.',
  );
});
