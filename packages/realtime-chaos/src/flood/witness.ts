import { WebSocket } from 'ws';

/** A client that behaves, and takes the time of what it asks. */
export interface Witness {
  /** When each answer came, and how long it took, in milliseconds. */
  readonly answers: readonly { readonly atMs: number; readonly tookMs: number }[];
  /** Whether it was cut off or refused anything. */
  readonly isHurt: boolean;
  end(): void;
}

/** Between two questions of one witness, in milliseconds. */
const intervalMs = 20;

/** Connects somebody who is in the room and asks for an echo again and again. */
export async function openWitness(port: number, index: number): Promise<Witness> {
  const answers: { atMs: number; tookMs: number }[] = [];
  const asked = new Map<number, number>();
  let isHurt = false;
  let count = 0;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
    headers: { 'x-forwarded-for': `192.0.2.${index}` },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.on('message', (data) => {
      const message = String(data);
      if (message.startsWith('0')) socket.send('40{}');
      if (message === '2') socket.send('3');
      if (message.startsWith('40')) socket.send('42999999999["join-event","1"]');
      const [, id, answer = ''] = /^43(\d+)(.*)$/.exec(message) ?? [];
      if (id === undefined) return;
      if (!answer.startsWith('[{"ok":true')) isHurt = true;
      if (id === '999999999') resolve();
      const sentAtMs = asked.get(Number(id));
      const atMs = performance.now();
      if (sentAtMs !== undefined) answers.push({ atMs, tookMs: atMs - sentAtMs });
      asked.delete(Number(id));
    });
  });
  socket.once('close', () => {
    isHurt = true;
  });
  const timer = setInterval(() => {
    count += 1;
    asked.set(count, performance.now());
    socket.send(`42${count}["echo","x"]`);
  }, intervalMs);
  return {
    answers,
    get isHurt() {
      return isHurt;
    },
    end() {
      clearInterval(timer);
      socket.removeAllListeners('close');
      socket.terminate();
    },
  };
}
