import { followPresence, type RealtimeClient } from '@roomcast/realtime-client';
import { preciseNow } from '../clock/preciseNow.ts';
import type { SeenLeaving } from './findFlaps.ts';
import type { SeenLobby } from './judgePresence.ts';
import { lobbies, type presenceContract } from './presenceContract.ts';

/** Watches every lobby, and notes who is gone from one, and when. */
export class Observer {
  readonly leavings: SeenLeaving[] = [];
  readonly #name: string;
  readonly #views: readonly (() => SeenLobby)[];

  constructor(name: string, client: RealtimeClient<typeof presenceContract>) {
    this.#name = name;
    this.#views = lobbies.map((lobby) => {
      const presence = followPresence(client, ['lobby', { lobbyId: lobby }]);
      let seen = new Set<string>();
      presence.watchView(({ members }) => {
        const now = new Set(members.map(({ data }) => data.name));
        for (const gone of seen) {
          if (now.has(gone)) continue;
          this.leavings.push({ observer: this.#name, name: gone, lobby, atMs: preciseNow() });
        }
        seen = now;
      });
      return () => ({
        ...{ observer: name, lobby, count: presence.view.count },
        members: presence.view.members.map(({ id, userId, data }) => ({ id, userId, ...data })),
      });
    });
  }

  views(): readonly SeenLobby[] {
    return this.#views.map((view) => view());
  }
}
