import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { formatPrice } from '../format/formatPrice.ts';
import { loginPath } from '../session/loginPath.ts';
import { useSession } from '../session/useSession.ts';
import { Avatar } from '../ui/Avatar.tsx';

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
      <span className="balance" data-testid="balance">
        <span className="visually-hidden">Your balance: </span>
        {wallet.data ? formatPrice(wallet.data.balance) : '…'}
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
