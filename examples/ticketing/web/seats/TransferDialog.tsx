import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useId, useRef } from 'react';
import { useSession } from '../session/useSession.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { seatsKey } from './seatsKey.ts';
import './transferDialog.css';

/** The ticket to give away. */
export interface Giveable {
  readonly ticketId: string;
  readonly seat: string;
  readonly eventId: string;
}

interface TransferDialogProps {
  readonly ticket: Giveable;
  readonly onClose: () => void;
}

/** Asks who gets the ticket. */
export function TransferDialog({ ticket, onClose }: TransferDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  // Closing the dialog itself, not only unmounting it, gives the focus back to the button.
  const close = () => dialog.current?.close();
  const transfer = useTransfer(ticket, close);
  useEffect(() => dialog.current?.showModal(), []);
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const to = new FormData(event.currentTarget).get('to');
    if (typeof to === 'string') transfer.mutate(to);
  };
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={headingId} onClose={onClose}>
      <form onSubmit={onSubmit}>
        <h2 id={headingId}>Who gets seat {ticket.seat}?</h2>
        <p className="muted">The ticket changes hands at once and for nothing.</p>
        <Receivers />
        {transfer.isError && (
          <p className="form-error" role="alert">
            {transfer.error.message}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="button button-quiet" onClick={close}>
            Cancel
          </button>
          <button type="submit" className="button" disabled={transfer.isPending}>
            {transfer.isPending ? 'Giving…' : 'Give ticket'}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function useTransfer(ticket: Giveable, onDone: () => void) {
  const { api } = useSession();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (to: string) => api.transfer(ticket.ticketId, to),
    onSuccess: onDone,
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: seatsKey(ticket.eventId) }),
        cache.invalidateQueries({ queryKey: ['user-tickets'] }),
      ]),
  });
}

function Receivers() {
  const { user, queries } = useSession();
  const users = useQuery(queries.users());
  return (
    <Loaded query={users} label="users">
      {(people) => (
        <fieldset className="receivers">
          <legend className="visually-hidden">Receiver</legend>
          {people
            .filter((person) => person.id !== user?.id)
            .map((person) => (
              <label key={person.id} className="receiver">
                <input type="radio" name="to" value={person.id} required />
                <Avatar user={person} />
                {person.name}
              </label>
            ))}
        </fieldset>
      )}
    </Loaded>
  );
}
