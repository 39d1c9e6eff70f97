import type { Part, PartProcess } from '@roomcast/realtime-processes';

/** Tells a process to end, and waits for it. One that has a deadline of its own needs no other. */
export async function endInOrder(
  part: Pick<PartProcess<Part>, 'terminate' | 'ended'>,
): Promise<void> {
  part.terminate();
  await part.ended;
}
