import type { Dialogue } from './dialogue.ts';
import type { OpenedClient } from './engineClient.ts';
import type { FrameListener } from './frameScanner.ts';
import { connectWebSocket, type WebSocketConnection } from './webSocketConnection.ts';
import type { UpgradeOptions } from './webSocketUpgrade.ts';

/** The ping of engine.io, as a text of one character. */
const enginePing = 0x32;

/**
 * Opens a WebSocket by hand and has a dialogue, to its end. Pings of engine.io are answered all the
 * time.
 *
 * @param listen - returns who gets every message that comes when the dialogue is over
 */
export function openRawClient(
  options: UpgradeOptions,
  dialogue: Dialogue,
  listen: (client: WebSocketConnection) => FrameListener,
): Promise<OpenedClient & { readonly client: WebSocketConnection }> {
  return new Promise((resolve, reject) => {
    let roundTrips = 0;
    let isThere = false;

    const client = connectWebSocket(options, {
      onOpen() {
        if (dialogue.opening !== undefined) sayAll([dialogue.opening]);
      },
      onFrame(first, data, start, end) {
        if (end - start === 1 && data[start] === enginePing) client.say('3');
        else if (isThere) onFrame(first, data, start, end);
        else hear(String(client.readMessage(first, data, start, end)));
      },
      onEnd: reject,
    });
    const onFrame = listen(client);

    function hear(message: string): void {
      const answers = dialogue.hear(message);
      if (answers) {
        sayAll(answers);
        return;
      }
      isThere = true;
      resolve({ client, roundTrips });
    }

    function sayAll(texts: readonly string[]): void {
      if (texts.length > 0) roundTrips += 1;
      for (const text of texts) client.say(text);
    }
  });
}
