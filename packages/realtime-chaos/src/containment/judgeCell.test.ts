import { describe, expect, it } from 'vitest';
import { judgeCell } from './judgeCell.ts';
import type { CellRecord } from './performCell.ts';

const refusal = '430[{"ok":false,"error":{"code":"INTERNAL","message":"Something went wrong."}}]';
const sound: CellRecord = { outcome: 'INTERNAL', tookMs: 20, wire: refusal, disturbed: null };

describe('what became of a callback that went wrong', () => {
  it('is sound where only its caller noticed, and learned a code', () => {
    expect(judgeCell(sound, 'INTERNAL')).toEqual([]);
  });

  it.each<[string, Partial<CellRecord>, string]>([
    [
      'another code',
      { outcome: 'FORBIDDEN' },
      'its client was to meet INTERNAL, and met FORBIDDEN',
    ],
    ['a late answer', { tookMs: 1_001 }, 'it took 1001 ms'],
    ['a secret', { wire: 'hunter2' }, '"hunter2" went over the wire'],
    [
      'a line of a stack',
      { wire: 'at act (/srv/a.js:1:2)' },
      '"at act (/srv/a.js:1:2" went over the wire',
    ],
    ['the text of an error', { wire: 'TypeError: x' }, '"TypeError" went over the wire'],
    ['a bystander that heard less', { disturbed: 'an answer' }, 'a bystander has missed an answer'],
  ])('is not where there is %s', (_, change, problem) => {
    expect(judgeCell({ ...sound, ...change }, 'INTERNAL')).toContain(problem);
  });

  it('may take as long as the callback where that is written down', () => {
    expect(judgeCell({ ...sound, outcome: 'waits', tookMs: 1_500 }, 'waits')).toEqual([]);
  });
});
