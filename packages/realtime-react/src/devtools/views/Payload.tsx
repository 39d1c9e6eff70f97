import type { ReactNode } from 'react';
import { maxPayloadLength, type PayloadText } from '../recording/payloadText.ts';

/** A payload as indented JSON. */
export function Payload({ payload }: { payload: PayloadText }): ReactNode {
  return (
    <>
      <pre>{payload.text}</pre>
      {payload.isCut && <p className="note">{`Cut at ${maxPayloadLength} characters.`}</p>}
    </>
  );
}
