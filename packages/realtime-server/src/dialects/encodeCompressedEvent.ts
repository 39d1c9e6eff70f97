import { MessageCompressor } from '@roomcast/realtime-compression';
import { type EncodedMessage, encodeEvent } from '../socket-io/encodeEvent.ts';

/** Below this a payload is not worth the work, in characters of its JSON. */
const thresholdCharacters = 1_024;

/** The longest text that fits an envelope with its default limit, whatever its characters are. */
const maxCharacters = 1_048_576 / 3;

/**
 * An event for a client that reads `compressed-event`: its name and the envelope of the payload's
 * JSON, where that is shorter; otherwise the event as every other client gets it.
 */
export function encodeCompressedEvent(
  namespace: string,
  name: string,
  payload: unknown,
): EncodedMessage {
  const text = JSON.stringify(payload) ?? '';
  if (text.length >= thresholdCharacters && text.length <= maxCharacters) {
    const envelope = MessageCompressor.compressMessage(text);
    if (envelope.length < text.length) {
      return encodeEvent(namespace, 'compressed-event', name, envelope);
    }
  }
  return encodeEvent(namespace, name, payload);
}
