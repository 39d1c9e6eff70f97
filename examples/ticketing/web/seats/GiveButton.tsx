import { useState } from 'react';
import { type Giveable, TransferDialog } from './TransferDialog.tsx';

/** Opens the dialog that gives a ticket to somebody else. */
export function GiveButton(ticket: Giveable) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" className="button button-quiet" onClick={() => setIsOpen(true)}>
        Give it away
        <span className="visually-hidden"> ({ticket.seat})</span>
      </button>
      {isOpen && <TransferDialog ticket={ticket} onClose={() => setIsOpen(false)} />}
    </>
  );
}
