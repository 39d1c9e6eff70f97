import type { AnyContract, EventDefinition } from '../contract/contract.ts';
import { fnv1a64 } from '../contract/fnv1a64.ts';
import { encodePublications } from '../wire/frame.ts';

/** What the frames of a contract are likely to contain, for deflate to refer to. */
export interface ContractDictionary {
  /** Hash of the bytes, 16 hexadecimal digits: ends with the same id hold the same dictionary. */
  readonly id: string;
  /** At most 32,768 bytes, which is as far back as deflate can refer. */
  readonly bytes: Uint8Array;
}

const maxDictionaryBytes = 32_768;

/** Of the real ones only the first digits can be alike: these are of times from 2027 to 2030. */
const publishedAtMs = 1_800_000_000_000;

/**
 * The dictionary of a contract: the `example` of each event as a frame of its own, in a room named
 * by the template. Deflate writes near matches shorter, so the events that the contract names first
 * stand last; where they are too many, those that it names last are left out.
 *
 * It takes a few milliseconds where the examples are long: keep what it returns.
 */
export function contractDictionary(
  contract: Pick<AnyContract, 'rooms' | 'events'>,
): ContractDictionary {
  const frames: Uint8Array[] = [];
  let length = 0;
  for (const [name, event] of Object.entries(contract.events)) {
    const frame = encodeExample(contract.rooms[event.room]?.template ?? '', name, event);
    if (length + frame.length > maxDictionaryBytes) continue;
    length += frame.length;
    frames.push(frame);
  }
  const bytes = Uint8Array.from(frames.reverse().flatMap((frame) => [...frame]));
  return { id: fnv1a64(bytes), bytes };
}

/** Nothing for an example that JSON or the event's `key` refuses: no such event can be published. */
function encodeExample(room: string, event: string, definition: EventDefinition): Uint8Array {
  const { delivery, example: payload } = definition;
  const position = { epoch: '', offset: 1, revision: 1 };
  try {
    const key = definition.key?.(payload);
    const publication = { room, event, payload, delivery, position, publishedAtMs };
    const text = encodePublications([{ ...publication, ...(key !== undefined && { key }) }]);
    return new TextEncoder().encode(text);
  } catch {
    return new Uint8Array();
  }
}

declare const TextEncoder: new () => { encode(text: string): Uint8Array };
