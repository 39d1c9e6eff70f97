import { deepEqual, rejects, throws } from 'node:assert/strict';
import { isRoomcastError } from '@roomcast/realtime-contract';
import type { PresenceCase } from './presenceCase.ts';

/** How a store ends. */
export const closingPresenceCases: readonly PresenceCase[] = [
  {
    name: 'a store that is closed refuses everything with CLOSED, and tells nobody that its members go',
    async run(context) {
      const { store } = context;
      const room = context.newRoom();
      await context.enter(room, 'a');
      const { watcher, stop } = context.watch(room);
      await context.expectWatched(watcher, ['a: 0', '1']);
      await store.close();
      await rejects(context.enter(room, 'b'), isClosedError);
      await rejects(context.leave(room, 'a'), isClosedError);
      await rejects(store.read(room), isClosedError);
      await rejects(store.occupancy([room]), isClosedError);
      throws(() => context.watch(room), isClosedError);
      stop();
      deepEqual(watcher.log, ['state']);
    },
  },
  {
    name: 'closing a store twice is harmless, also at the same time',
    async run({ store }) {
      await Promise.all([store.close(), store.close()]);
      await store.close();
    },
  },
];

function isClosedError(error: unknown): boolean {
  return isRoomcastError(error, 'CLOSED');
}
