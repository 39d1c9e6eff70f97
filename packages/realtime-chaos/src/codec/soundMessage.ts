import { contractDictionary } from '@roomcast/realtime-contract/compressed-frames';
import { codecContract } from './codecContract.ts';

/** A message as its reader expects it, to be damaged. */
export type SoundMessage =
  | { readonly kind: 'text envelope'; readonly message: string }
  | { readonly kind: 'bytes envelope'; readonly message: Uint8Array }
  | {
      readonly kind: 'frame';
      readonly message: Uint8Array;
      /** What has to be read before it. */
      readonly before?: Uint8Array;
    };

/** What both ends have. */
export const dictionary: Uint8Array = contractDictionary(codecContract).bytes;
