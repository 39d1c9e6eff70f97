import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Ticket } from '../../shared/ticket.ts';
import { formatPrice } from '../format/formatPrice.ts';
import { loginPath } from '../session/loginPath.ts';
import { useSession } from '../session/useSession.ts';
import { seatsKey } from './seatsKey.ts';

interface BuyOfferProps {
  readonly eventId: string;
  readonly ticket: Ticket;
}

/** The button that buys a free seat, or what stands in its way. */
export function BuyOffer({ eventId, ticket }: BuyOfferProps) {
  const { user, queries } = useSession();
  const wallet = useQuery({ ...queries.wallet(), enabled: user !== null });
  const purchase = usePurchase(eventId, ticket.id);
  const price = formatPrice(ticket.price);
  if (!user) {
    return (
      <div className="seat-bar-offer">
        <Link href={loginPath(`/events/${eventId}`)} className="button">
          Log in to buy for {price}
        </Link>
      </div>
    );
  }
  const isTooDear = wallet.data !== undefined && wallet.data.balance < ticket.price;
  return (
    <div className="seat-bar-offer">
      {purchase.isError && (
        <p className="form-error" role="alert">
          {purchase.error.message}
        </p>
      )}
      {isTooDear && <p className="muted">Your balance is too low for this seat.</p>}
      <button
        type="button"
        className="button"
        disabled={purchase.isPending || isTooDear}
        onClick={() => purchase.mutate()}
      >
        {purchase.isPending ? 'Buying…' : `Buy for ${price}`}
      </button>
    </div>
  );
}

function usePurchase(eventId: string, ticketId: string) {
  const { api } = useSession();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.buy(ticketId),
    // The socket says the same; this covers the buyer while the socket is down, and a seat just lost.
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: seatsKey(eventId) }),
        cache.invalidateQueries({ queryKey: ['user-tickets'] }),
      ]),
  });
}
