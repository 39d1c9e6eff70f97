import type { RealtimeClient } from '@roomcast/realtime-client';
import { type Clock, systemClock } from '@roomcast/realtime-contract';
import type { EventContract } from '@roomcast/realtime-contract/event-contract';

/** Counts what is asked for and not given back. */
export class OpenUses {
  count = 0;

  /** @returns ends the use, and counts that once */
  begin(end: () => void): () => void {
    this.count += 1;
    let isOver = false;
    return () => {
      if (!isOver) this.count -= 1;
      isOver = true;
      end();
    };
  }
}

/** The same client; what is listened to and joined through it is counted. */
export function countUses(
  client: RealtimeClient<EventContract>,
  listeners: OpenUses,
  rooms: OpenUses,
): RealtimeClient<EventContract> {
  const listening = (method: (...args: never[]) => () => void) => {
    return (...args: never[]) => listeners.begin(method(...args));
  };
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const method = value.bind(target);
      if (name === 'on' || name === 'onRecovery' || name === 'watchState') return listening(method);
      if (name !== 'subscribe') return method;
      return (...args: never[]) => {
        const room = method(...args);
        const release = rooms.begin(() => room.release());
        return new Proxy(room, {
          get(use, key) {
            if (key === 'release') return release;
            const member: unknown = Reflect.get(use, key);
            if (typeof member !== 'function') return member;
            const bound = member.bind(use);
            return String(key).startsWith('on') || key === 'watchState' ? listening(bound) : bound;
          },
        });
      };
    },
  });
}

/** The machine's clock; what is scheduled and neither done nor cancelled is counted. */
export function countTimers(timers: OpenUses): Clock {
  return {
    ...systemClock,
    schedule(callback, delayMs) {
      const over = timers.begin(() => {});
      const cancel = systemClock.schedule(() => {
        over();
        callback();
      }, delayMs);
      return () => {
        over();
        cancel();
      };
    },
  };
}
