import { WebSocket } from 'ws';
import type { Dialogue } from './dialogue.ts';

/** One client of the load. */
export interface EngineClient {
  /** Gone abruptly, as when the cable is pulled. */
  terminate(): void;
}

/** A client that is where it wanted to be. */
export interface OpenedClient {
  readonly client: EngineClient;
  /** How often it had to wait for the server's word after the transport was open. */
  readonly roundTrips: number;
}

/**
 * Opens a WebSocket to an engine.io server and has a dialogue, to its end.
 *
 * @returns the client, still connected
 */
export function openClient(port: number, dialogue: Dialogue): Promise<OpenedClient> {
  const url = `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url, { perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    let roundTrips = 0;
    const fail = (error: unknown) => {
      socket.terminate();
      reject(error);
    };
    socket.on('message', (data) => {
      const message = String(data);
      if (message === '2') return socket.send('3');
      try {
        const answers = dialogue.hear(message);
        if (answers === null) resolve({ client: socket, roundTrips });
        else if (answers.length > 0) roundTrips += 1;
        for (const answer of answers ?? []) socket.send(answer);
      } catch (error) {
        fail(error);
      }
    });
    socket.once('close', (code) => fail(new Error(`The server closed a client: ${code}.`)));
    socket.on('error', fail);
  });
}
