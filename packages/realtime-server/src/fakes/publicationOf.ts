import type { Publication } from '@roomcast/realtime-contract';

/** A reliable publication with an offset of the test's choice. */
export function publicationOf(
  room: string,
  offset: number,
  { epoch = 'epoch-1', ...rest }: Partial<Publication> & { readonly epoch?: string } = {},
): Publication {
  return {
    ...{ room, event: 'posted', payload: `p-${offset}`, delivery: 'reliable' },
    ...{ position: { epoch, offset, revision: 0 }, publishedAtMs: 0 },
    ...rest,
  };
}
