import { MessageCompressor } from '@roomcast/realtime-compression';
import { type EncodedMessage, encodeEvent } from '../socket-io/encodeEvent.ts';

/** Below this a payload is not worth the work, in characters of its JSON. */
const thresholdCharacters = 1_024;

/** The longest text that fits an envelope with its default limit, whatever its characters are. */
const maxCharacters = 1_048_576 / 3;

/** Not lz-string, the other codec that every reader has: it would block the loop. */
const compressor = new MessageCompressor({ codec: 'deflate-raw' });

/**
 * An event for a client that reads `compressed-event`: its name and the envelope of the payload's
 * JSON, where that is shorter; otherwise the event as every other client gets it.
 *
 * @returns null where the payload is too short or too long
 */
export function compressEvent(
  namespace: string,
  name: string,
  payload: unknown,
): Promise<EncodedMessage> | null {
  const text = JSON.stringify(payload) ?? '';
  if (text.length < thresholdCharacters || text.length > maxCharacters) return null;
  return compressor
    .compressMessageLater(text)
    .then((envelope) =>
      envelope.length < text.length
        ? encodeEvent(namespace, 'compressed-event', name, envelope)
        : encodeEvent(namespace, name, payload),
    );
}
