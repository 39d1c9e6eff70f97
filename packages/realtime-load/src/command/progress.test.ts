import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import type { LoadProgress } from '../coordinator/runLoad.ts';
import { planOf } from '../fakes/planOf.ts';
import { createProgress } from './progress.ts';

const counted: LoadProgress = {
  ...{ phase: 'publishing', elapsedMs: 1_000, joined: 10, failed: 0, reconnects: 0, gaps: 0 },
  ...{ delivered: 250, duplicates: 0, outOfOrder: 0, published: 50, memoryBytes: 1 },
};

function outputOf(isTTY: boolean) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns: 100 });
  return { stream, written: () => String(stream.read() ?? '') };
}

it('is a line for each phase and every five seconds where no line can be rewritten', () => {
  const { stream, written } = outputOf(false);
  const progress = createProgress(stream, planOf());
  const half = { ...counted, phase: 'connecting', joined: 5, failed: 2, published: 0 } as const;
  progress.show(half);
  for (let second = 2; second <= 8; second += 1) {
    progress.show({ ...counted, elapsedMs: second * 1_000 });
  }
  progress.end();
  expect(written().split('\n')).toEqual([
    '1 s connecting: 5 of 10 in, 2 failed, 0 of 100 published, 250 delivered',
    '2 s publishing: 10 of 10 in, 50 of 100 published, 250 delivered',
    '7 s publishing: 10 of 10 in, 50 of 100 published, 250 delivered',
    '',
  ]);
});

it('is bars on a terminal, which are gone at the end', () => {
  const { stream, written } = outputOf(true);
  const progress = createProgress(stream, planOf());
  progress.show(counted);
  const lines = stripVTControlCharacters(written()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      `connected  ${'█'.repeat(30)} 10 of 10`,
      `published  ${'█'.repeat(15)}${'░'.repeat(15)} 50 of 100`,
      `delivered  ${'█'.repeat(8)}${'░'.repeat(22)} 250 of 1,000`,
      'publishing, 1 s; 0 failed, 0 reconnects',
    ]),
  );
  progress.end();
  expect(written()).toContain('\u001B[2K');
});

it('knows no end of what is only watched', () => {
  const { stream, written } = outputOf(true);
  createProgress(stream, planOf({ publishing: null })).show({ ...counted, phase: 'watching' });
  const text = stripVTControlCharacters(written());
  expect(text).toContain('delivered  250\n');
  expect(text).not.toContain('published');
});
