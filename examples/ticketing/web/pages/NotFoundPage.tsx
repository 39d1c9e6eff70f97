import { Link } from 'wouter';
import { useTitle } from '../ui/useTitle.ts';

export function NotFoundPage() {
  useTitle('Not found');
  return (
    <div className="empty">
      <h1>There is nothing here</h1>
      <p>The address may be mistyped, or the event is over.</p>
      <Link href="/" className="button">
        See all events
      </Link>
    </div>
  );
}
