import type { RemoteCalls } from '@roomcast/realtime-processes';
import { exchange, httpRequest } from '../wire/httpBytes.ts';
import { framedAuth } from '../wire/performCase.ts';
import { RawWebSocket } from '../wire/rawWebSocket.ts';
import type { CallbackCase } from './callbackCases.ts';
import type { ContainedServerPart } from './containedServer.ts';
import type { Misbehaviour, Weakness } from './misbehaviour.ts';

/** What became of a client whose server called a callback that went wrong. */
export interface CellRecord {
  readonly outcome: string;
  readonly tookMs: number;
  /** Everything that was written to anybody. */
  readonly wire: string;
  /** What the bystander has missed; null where it has noticed nothing. */
  readonly disturbed: string | null;
}

/** Longer than any answer may take. */
const patienceMs = 1_500;

/** Opens a server whose callback goes wrong, and goes there as a victim, with a bystander beside it. */
export async function performCell(
  server: RemoteCalls<ContainedServerPart>,
  one: CallbackCase,
  misbehaviour: Misbehaviour | Weakness,
): Promise<CellRecord> {
  const port = await server.open({ callback: one.callback, misbehaviour });
  try {
    return await visit(port, one, () => server.publish(port));
  } finally {
    await server.close(port);
  }
}

async function visit(
  port: number,
  one: CallbackCase,
  publish: () => Promise<void>,
): Promise<CellRecord> {
  const bystander = await RawWebSocket.connected(port, {}, false);
  const victim = new RawWebSocket(port);
  try {
    await ask(bystander, 0, ['join-hall', '1']);
    const { outcome, tookMs, text } = await (one.isHealth ? readiness(port) : suffer(victim, one));
    await publish();
    const disturbed = await disturbanceOf(bystander);
    const wire = [...victim.messages, ...bystander.messages, text].join('\n');
    return { outcome, tookMs, wire, disturbed };
  } finally {
    victim.terminate();
    bystander.terminate();
  }
}

interface Suffered {
  readonly outcome: string;
  readonly tookMs: number;
  readonly text: string;
}

async function suffer(socket: RawWebSocket, one: CallbackCase): Promise<Suffered> {
  const { dialect, token, asks } = one;
  const auth = { ...(dialect === 'framed' && framedAuth), ...(token && { token }) };
  await socket.until((text) => text.startsWith('0'));
  let startMs = performance.now();
  socket.send(`40${JSON.stringify(auth)}`);
  const start = dialect === 'framed' ? /^4(W|4)/ : /^4[04]/;
  const answer = await socket.until((text) => start.test(text), patienceMs).catch(() => '');
  let outcome = outcomeOf(answer ?? '');
  for (const [index, event] of asks.entries()) {
    startMs = performance.now();
    outcome = outcomeOf(await ask(socket, index, event));
  }
  return { outcome, tookMs: performance.now() - startMs, text: '' };
}

async function ask(socket: RawWebSocket, id: number, event: readonly unknown[]): Promise<string> {
  socket.send(`42${id}${JSON.stringify(event)}`);
  const start = `43${id}[`;
  return (await socket.until((text) => text.startsWith(start), patienceMs).catch(() => '')) ?? '';
}

/** `44{…}`, `43…[{…}]`, or nothing. */
function outcomeOf(text: string): string {
  if (text === '') return 'waits';
  if (text.startsWith('44')) return JSON.parse(text.slice(2)).data.code;
  if (!text.startsWith('43')) return 'answered';
  const [{ ok, value, error }] = JSON.parse(text.slice(text.indexOf('[')));
  if (!ok) return error.code;
  const [first] = Array.isArray(value) ? value : [];
  return first?.status === 'refused' ? first.error.code : 'answered';
}

async function readiness(port: number): Promise<Suffered> {
  const startMs = performance.now();
  const { status, body } = await exchange(port, httpRequest({ path: '/readyz', query: '' }));
  const outcome = { 200: 'up', 503: 'down' }[status ?? 0] ?? `status ${status}`;
  return { outcome, tookMs: performance.now() - startMs, text: body };
}

async function disturbanceOf(bystander: RawWebSocket): Promise<string | null> {
  const heard = await bystander
    .until((text) => text.includes('still here'), patienceMs)
    .catch(() => undefined);
  if (!heard) return 'what was published';
  return outcomeOf(await ask(bystander, 9, ['look', 1])) === 'answered' ? null : 'an answer';
}
