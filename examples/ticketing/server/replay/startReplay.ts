import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { readRecordedDay } from '../../recorded-day/recordedDelivery.ts';
import { createReplay, type Replay } from './createReplay.ts';
import { rebase } from './rebase.ts';
import { sendDelivery } from './sendDelivery.ts';

/** Options of {@link startReplay}. */
export interface StartReplayOptions {
  /** The shop, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly secret: string;
  readonly speed: number;
  /** Only read, to know what a sender would know. */
  readonly database: DatabaseSync;
}

/** Plays the recorded day to a shop, through its front door. */
export async function startReplay(options: StartReplayOptions): Promise<Replay> {
  const { url, secret, speed, database } = options;
  const deliveries = await readRecordedDay();
  return createReplay({
    deliveries,
    speed,
    onError: (error) => console.error('Not replayed:', error),
    send: async (delivery, signal) => {
      const id = `replay_${randomUUID()}`;
      const outgoing = { id, type: delivery.type, data: rebase(database, delivery) };
      await sendDelivery(outgoing, { url: `${url}/webhooks`, secret, signal });
    },
  });
}
