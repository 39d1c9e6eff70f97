import { describe, expect, it } from 'vitest';
import { type FloodObservation, judgeFlood } from './judgeFlood.ts';

const answers = (tookMs: number, atMs = 5_000) =>
  Array.from({ length: 100 }, () => ({ atMs, tookMs }));

const sound: FloodObservation = {
  ...{ kind: 'ack', startedAtMs: 1_000, isFull: true },
  report: { sent: 9_000, connectionsMs: [80, 40], told: 2, turnedAway: 7 },
  witnesses: [{ answers: answers(3), isHurt: false }],
};

const messages = (parts: Partial<FloodObservation>) =>
  judgeFlood({ ...sound, ...parts }).failures.map(({ message }) => message);

describe('the judge of a flood', () => {
  it('finds nothing where the flood was cut and nobody noticed', () => {
    expect(messages({})).toEqual([]);
    expect(judgeFlood(sound).figures).toMatchObject({ ackLongestMs: 80, ackP99Ms: 3 });
  });

  it.each<[string, Partial<FloodObservation>, string]>([
    [
      'a connection that goes on',
      { report: { ...sound.report, connectionsMs: [40, 1_001] } },
      'a connection flooded for 1001 ms',
    ],
    ['nobody being told', { report: { ...sound.report, told: 0 } }, 'nobody was told why'],
    [
      'a flood that never began',
      { report: { ...sound.report, connectionsMs: [] } },
      'nobody could connect',
    ],
    [
      'others who were cut off',
      { witnesses: [{ answers: answers(3), isHurt: true }] },
      '1 others were cut off or refused',
    ],
    [
      'others who had to wait',
      { witnesses: [{ answers: answers(21), isHurt: false }] },
      'others waited for 21 ms, p99',
    ],
    [
      'others who got nothing',
      { witnesses: [{ answers: [], isHurt: false }] },
      'nobody else got an answer',
    ],
  ])('finds %s', (_, parts, message) => {
    expect(messages(parts)).toEqual([`ack: ${message}`]);
  });

  it('lets the first two seconds pass', () => {
    const slow = answers(500, 2_000);
    expect(messages({ witnesses: [{ answers: [...slow, ...answers(3)], isHurt: false }] })).toEqual(
      [],
    );
  });
});
