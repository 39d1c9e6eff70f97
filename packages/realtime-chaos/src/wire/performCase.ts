import { exchange } from './httpBytes.ts';
import { PollingSession } from './pollingSession.ts';
import { RawWebSocket } from './rawWebSocket.ts';
import { answerIn, isProbeAnswer, type ProbedDoor, probeId, probes } from './reactionIn.ts';
import type { Sendable, WireCase } from './wireCase.ts';

const fingerprint = '0123456789abcdef';
export const framedAuth = { roomcast: { protocol: 1, contract: '1.0', fingerprint } };

/** Does what a case says. @returns what became of it, in the words of a case */
export async function performCase(port: number, one: WireCase): Promise<string> {
  switch (one.door) {
    case 'http':
      return request(port, one.send);
    case 'upgrade':
      return upgrade(port, one.send);
    case 'beside':
      return beside(port, one.send);
    case 'poll':
      return poll(port, one.send);
    case 'post':
      return post(port, one.send);
    case 'connect':
      return connect(port, one.send);
    default:
      return message(port, one.door, one);
  }
}

async function request(port: number, send: readonly Sendable[]): Promise<string> {
  const bytes = Buffer.concat(send.map((part) => bytesOf(part)));
  const { status, isClosed } = await exchange(port, bytes);
  return inWords(status, isClosed);
}

async function upgrade(port: number, send: readonly Sendable[]): Promise<string> {
  const socket = new RawWebSocket(port, Buffer.concat(send.map((part) => bytesOf(part))));
  try {
    if (await socket.until((text) => text.startsWith('0'), 3_000)) return 'answered';
    return inWords(socket.status === 101 ? null : socket.status, true);
  } finally {
    socket.terminate();
  }
}

function inWords(status: number | null, isClosed: boolean): string {
  if (status !== null) return `status ${status}`;
  return isClosed ? 'closed' : 'silent';
}

async function beside(port: number, send: readonly Sendable[]): Promise<string> {
  const socket = new RawWebSocket(port);
  try {
    const greeting = (await socket.until((text) => text.startsWith('0'))) ?? '';
    return await requests(new PollingSession(port, JSON.parse(greeting.slice(1)).sid), send);
  } finally {
    socket.terminate();
  }
}

async function poll(port: number, send: readonly Sendable[]): Promise<string> {
  const session = await PollingSession.open(port, {});
  const outcome = await requests(session, send);
  await session.post('1');
  return outcome;
}

async function requests(session: PollingSession, send: readonly Sendable[]): Promise<string> {
  let outcome = 'nothing sent';
  for (const part of send) {
    if (typeof part !== 'function') throw new Error('A case of this door is a request.');
    const { status, isClosed } = await part(session);
    outcome = inWords(status, isClosed);
  }
  return outcome;
}

async function post(port: number, send: readonly Sendable[]): Promise<string> {
  const session = await PollingSession.open(port, {});
  for (const part of send) await session.post(String(part));
  await session.post(probes.plain);
  const heard: string[] = [];
  for (;;) {
    const packets = await session.poll();
    if (!packets) return 'closed';
    heard.push(...packets);
    const answer = heard.map(answerIn).find((found) => found !== null);
    if (answer) return answer;
    if (heard.some((packet) => packet.startsWith(`43${probeId}`))) return 'ignored';
  }
}

async function connect(port: number, send: readonly Sendable[]): Promise<string> {
  const socket = new RawWebSocket(port);
  try {
    await socket.until((text) => text.startsWith('0'));
    write(socket, send);
    const found = await socket.until((text) => /^4[04]/.test(text), 3_000);
    return found ? (answerIn(found) ?? 'answered') : 'closed';
  } finally {
    socket.terminate();
  }
}

async function message(
  port: number,
  door: ProbedDoor,
  { send, reaction }: WireCase,
): Promise<string> {
  const socket = await open(port, door);
  try {
    const before = socket.messages.length;
    write(socket, send);
    const isProbed = reaction === 'ignored' || reaction === 'closed';
    if (isProbed) socket.send(probes[door]);
    const since = () => socket.messages.slice(before);
    await socket
      .until((text) => (answerIn(text) ?? isProbeAnswer(text)) && since().includes(text), 3_000)
      .catch(() => {});
    const answer = since()
      .map(answerIn)
      .find((found) => found !== null);
    if (answer) return answer;
    // A connection that is about to close may have answered before.
    if (reaction === 'closed') await socket.until(() => false, 1_000).catch(() => {});
    if (socket.isClosed) return 'closed';
    return since().some(isProbeAnswer) ? 'ignored' : 'silent';
  } finally {
    socket.terminate();
  }
}

async function open(port: number, door: ProbedDoor): Promise<RawWebSocket> {
  if (door === 'plain' || door === 'bytes') return RawWebSocket.connected(port, {}, false);
  if (door === 'framed') return RawWebSocket.connected(port, framedAuth, true);
  const socket = new RawWebSocket(port);
  await socket.until((text) => text.startsWith('0'));
  return socket;
}

function write(socket: RawWebSocket, send: readonly Sendable[]): void {
  for (const part of send) {
    if (typeof part === 'string' || Buffer.isBuffer(part)) socket.send(part);
    else socket.write(bytesOf(part));
  }
}

function bytesOf(part: Sendable): Buffer {
  if (typeof part === 'object' && 'bytes' in part) return part.bytes;
  throw new Error('A case of this door is made of bytes.');
}
