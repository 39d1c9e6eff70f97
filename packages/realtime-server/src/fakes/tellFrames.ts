import { type Frame, parseFrame, readPresence } from '@roomcast/realtime-contract';
import type { FakeConnection } from './fakeConnection.ts';

/** What a framed client was written, in short: `event-1: one two`, `event-1: gap overflow 2 @7`. */
export function tellFrames({ written }: Pick<FakeConnection, 'written'>): string[] {
  return written.flat().map((packet) => tellFrame(parseFrame(String(packet))));
}

function tellFrame(frame: Frame): string {
  if (frame.type === 'publications') {
    return `${frame.room}: ${frame.publications.map(({ payload }) => payload).join(' ')}`;
  }
  if (frame.type === 'token') return `token ${frame.graceMs}`;
  if (frame.type === 'close') return `close ${frame.error.code}`;
  if (frame.type === 'welcome') return `welcome ${frame.user}`;
  if (frame.type === 'presence') {
    const { room, all, entered = [], left = [], count } = readPresence(frame);
    const news = [...entered.map(({ id }) => `+${id}`), ...left.map((id) => `-${id}`)];
    const members = all ? ['all', ...all.map(({ id }) => id)] : news;
    return `${room}: ${[...members, count].join(' ')}`;
  }
  const { result } = frame;
  if (result.status === 'refused') return `${result.room}: refused ${result.error.code}`;
  if (result.status !== 'gap') return `${result.room}: ${result.status}`;
  const { room, reason, missed = '?', position } = result;
  return `${room}: gap ${reason} ${missed} @${position.offset}`;
}
