import { invokeGuarded, isRecord } from '@roomcast/realtime-contract';
import { type ControlCommand, parseControlCommand } from './controlCommand.ts';
import type { ControlHost } from './controlHost.ts';
import { controlRooms } from './controlRooms.ts';
import { untilDone } from './untilDone.ts';

const room = controlRooms.commands;

/** What every node is to do once: `reliable` publications, so that one that was away does it later. */
export class CommandLog {
  readonly #host: ControlHost;

  constructor(host: ControlHost) {
    this.#host = host;
  }

  start(): void {
    const { log, local, report } = this.#host;
    const follow = () =>
      log.subscribe(room, {
        onPublication: ({ payload }) => this.#hear(payload),
        // Nobody knows what was missed, so that all rights are in question.
        onGap: () => invokeGuarded(() => local.reauthoriseAll(), 'cluster', report),
      });
    void untilDone(follow, this.#host);
  }

  /** @throws what the log throws */
  async write(command: ControlCommand): Promise<void> {
    const { log, nodeId } = this.#host;
    const payload = { from: nodeId, command };
    await log.publish({ room, event: 'command', delivery: 'reliable', payload });
  }

  #hear(payload: unknown): void {
    const { nodeId, local, report } = this.#host;
    if (!isRecord(payload) || payload.from === nodeId) return;
    const command = parseControlCommand(payload.command);
    // One of a later version: what it changes may be a right.
    const perform = () => (command ? local.perform(command) : local.reauthoriseAll());
    invokeGuarded(perform, 'cluster', report);
  }
}
