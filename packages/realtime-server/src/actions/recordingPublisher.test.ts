import type { Delivery, Position, PublicationInput } from '@roomcast/realtime-contract';
import { expect, it, vi } from 'vitest';
import { createRecordingPublisher } from './recordingPublisher.ts';

const at = (offset: number, revision = 0, epoch = 'epoch'): Position => ({
  ...{ epoch, offset, revision },
});
const input = (room: string, delivery: Delivery = 'reliable'): PublicationInput => ({
  ...{ room, event: 'posted', payload: 'x', delivery },
});

function createPublisher() {
  const answers: ((position: Position) => void)[] = [];
  const publish = vi.fn(
    (_input: PublicationInput) =>
      new Promise<{ position: Position }>((resolve) => {
        answers.push((position) => resolve({ position }));
      }),
  );
  return { publish, answers };
}

it('publishes what it is given, and says what caused it', async () => {
  const { publish, answers } = createPublisher();
  const recording = createRecordingPublisher({ publish }, 'k-1');
  const result = recording.publish(input('event-1'));
  answers[0]?.(at(7));
  expect(await result).toEqual({ position: at(7) });
  expect(publish.mock.calls).toEqual([[{ ...input('event-1'), causedBy: 'k-1' }]]);
});

it('leaves a cause that was given, and makes none up', () => {
  const { publish } = createPublisher();
  const given = { ...input('event-1'), causedBy: 'import' };
  void createRecordingPublisher({ publish }, 'k-1').publish(given);
  void createRecordingPublisher({ publish }, null).publish(input('event-1'));
  expect(publish.mock.calls).toEqual([[given], [input('event-1')]]);
});

it('knows the newest position of each room, in whatever order the answers come', async () => {
  const { publish, answers } = createPublisher();
  const recording = createRecordingPublisher({ publish }, null);
  const all = [
    recording.publish(input('event-1')),
    recording.publish(input('event-1', 'latest')),
    recording.publish(input('event-1')),
    recording.publish(input('event-2')),
  ];
  for (const [index, position] of [at(2, 3), at(1, 4), at(1, 3), at(9)].entries()) {
    answers[index]?.(position);
  }
  await Promise.all(all);
  expect(recording.positions).toEqual([
    { room: 'event-1', position: at(2, 4) },
    { room: 'event-2', position: at(9) },
  ]);
});

it('goes by the later one where the log began anew in between', async () => {
  const { publish, answers } = createPublisher();
  const recording = createRecordingPublisher({ publish }, null);
  for (const position of [at(9, 9), at(1, 0, 'another epoch')]) {
    const result = recording.publish(input('event-1'));
    answers.at(-1)?.(position);
    await result;
  }
  expect(recording.positions).toEqual([{ room: 'event-1', position: at(1, 0, 'another epoch') }]);
});

it('names no room where nothing was appended, or not yet', async () => {
  const { publish, answers } = createPublisher();
  const recording = createRecordingPublisher({ publish }, null);
  const typing = recording.publish(input('event-1', 'volatile'));
  void recording.publish(input('event-2'));
  answers[0]?.(at(3));
  await typing;
  publish.mockRejectedValueOnce(new Error('no log'));
  await expect(recording.publish(input('event-3'))).rejects.toThrow('no log');
  expect(recording.positions).toEqual([]);
});

it('names 128 rooms at most', async () => {
  const publish = async () => ({ position: at(1) });
  const recording = createRecordingPublisher({ publish }, null);
  for (let room = 0; room < 200; room += 1) await recording.publish(input(`event-${room}`));
  expect(recording.positions).toHaveLength(128);
});
