import { startProcess } from '@roomcast/realtime-processes';
import type { SocketPlan, SocketRecord } from './heldSocket.ts';
import type { SocketsPart, ToldOrder } from './socketsPart.ts';

/** So that none of them has more to do than a node. */
const processes = 3;

/** Many sockets, in processes of their own. */
export interface Sockets extends AsyncDisposable {
  /** Resolves when all are in their rooms. */
  open(plans: readonly SocketPlan[]): Promise<void>;
  /** With which code a token is refused, or null. */
  refusalOf(plan: SocketPlan): Promise<string | null>;
  whenTold(order: ToldOrder): Promise<void>;
  records(): Promise<readonly SocketRecord[]>;
  /** How long each process has been at work, in milliseconds of one core. */
  cpuMs(): Promise<readonly number[]>;
}

export async function startSockets(): Promise<Sockets> {
  await using stack = new AsyncDisposableStack();
  const parts: Awaited<ReturnType<typeof start>>[] = [];
  for (let index = 0; index < processes; index += 1) parts.push(stack.use(await start()));
  const [first] = parts;
  const started = stack.move();
  return {
    async open(plans) {
      const shareOf = (part: number) => plans.filter((_, index) => index % processes === part);
      await Promise.all(parts.map(({ calls }, part) => calls.open(shareOf(part))));
    },
    refusalOf: async (plan) => (await first?.calls.refusalOf(plan)) ?? null,
    async whenTold(order) {
      await Promise.all(parts.map(({ calls }) => calls.whenTold(order)));
    },
    records: async () => (await Promise.all(parts.map(({ calls }) => calls.records()))).flat(),
    cpuMs: () => Promise.all(parts.map(({ calls }) => calls.cpuMs())),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function start() {
  return startProcess<SocketsPart>(new URL('socketsPart.ts', import.meta.url));
}
