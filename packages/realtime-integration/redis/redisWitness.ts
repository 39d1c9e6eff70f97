import { once } from 'node:events';
import { connect } from 'node:net';

/** Asks a Redis, and returns the bytes of all its answers, one character each. */
async function ask(port: number, ...commands: readonly (readonly string[])[]): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  for (const command of [...commands, ['QUIT']]) {
    const words = command.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
    socket.write(`*${command.length}\r\n${words.join('')}`);
  }
  let answers = '';
  for await (const part of socket) answers += part;
  return answers;
}

/** Everything that a Redis holds, as it would write it to its disk. */
export async function dumpRedis(port: number): Promise<string> {
  const answer = await ask(port, ['KEYS', '*']);
  const keys = answer.split('\r\n').filter((line) => line !== '' && !/^[*$+]/.test(line));
  return `${keys.join(' ')} ${await ask(port, ...keys.map((key) => ['DUMP', key]))}`;
}

/** Everything that is asked of a Redis from now on, inside its scripts as well. */
export async function watchRedis(port: number) {
  let seen = '';
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.on('data', (part) => {
    seen += part;
  });
  socket.write('MONITOR\r\n');
  await once(socket, 'data');
  return {
    get seen() {
      return seen;
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
}
