import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { formatPrice } from '../format/formatPrice.ts';
import { NotificationBell } from '../notifications/NotificationBell.tsx';
import { loginPath } from '../session/loginPath.ts';
import { useSession } from '../session/useSession.ts';
import { Avatar } from '../ui/Avatar.tsx';

/** Its key is the amount, so that it lights up when that changes. */
function Balance({ amount }: { amount: number }) {
  return <span className="balance-amount">{formatPrice(amount)}</span>;
}

/** Who is logged in and what is left to spend, or the way to log in. */
export function Account() {
  const { user, queries } = useSession();
  const [location] = useLocation();
  const wallet = useQuery({ ...queries.wallet(), enabled: user !== null });
  if (!user) {
    return (
      <Link href={loginPath(location)} className="button button-small account-login">
        Log in
      </Link>
    );
  }
  return (
    <div className="account">
      <NotificationBell />
      <span className="balance" data-testid="balance">
        <span className="visually-hidden">Your balance: </span>
        {wallet.data ? <Balance key={wallet.data.balance} amount={wallet.data.balance} /> : '…'}
      </span>
      <Link
        href={loginPath(location)}
        className="account-link"
        aria-label={`Logged in as ${user.name}. Change user`}
      >
        <Avatar user={user} />
        <span className="account-name">{user.name.split(' ')[0]}</span>
      </Link>
    </div>
  );
}
