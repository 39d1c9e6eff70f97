import type { Frame, RoomResult } from '@roomcast/realtime-contract';

/** What one connection was sent: in which rooms it is, up to where, and what it should not have got. */
export class SeenStream {
  /** The offset up to which everything of a room has come. */
  readonly rooms = new Map<string, number>();
  readonly foreign: string[] = [];
  delivered = 0;

  /** @param from - where the connection said that it stands in the room */
  settle(result: RoomResult, from = this.rooms.get(result.room) ?? 0): void {
    if (result.status === 'refused') this.rooms.delete(result.room);
    else this.rooms.set(result.room, result.status === 'resumed' ? from : result.position.offset);
  }

  hear(frame: Frame): void {
    if (frame.type === 'room') this.settle(frame.result);
    if (frame.type === 'presence' && !this.rooms.has(frame.room)) {
      this.foreign.push(`who is in ${frame.room}`);
    }
    if (frame.type !== 'publications') return;
    for (const { counter, payload } of frame.publications) {
      const { text } = payload as { readonly text: string };
      this.delivered += 1;
      const held = this.rooms.get(frame.room);
      if (held === undefined || text !== textOf(frame.room, counter)) {
        this.foreign.push(`"${text}" in ${frame.room}`);
      }
      if (held !== undefined) this.rooms.set(frame.room, Math.max(held, counter));
    }
  }
}

/** What is published to a room at an offset, and nowhere else. */
export function textOf(room: string, offset: number): string {
  return `secret of ${room} at ${offset}`;
}
