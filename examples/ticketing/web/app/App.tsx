import { RealtimeProvider } from '@roomcast/realtime-react';
import { RealtimeDevtools } from '@roomcast/realtime-react/devtools';
import { QueryClientProvider } from '@tanstack/react-query';
import { Route, Switch } from 'wouter';
import { EventPage } from '../pages/EventPage.tsx';
import { EventsPage } from '../pages/EventsPage.tsx';
import { LoginPage } from '../pages/LoginPage.tsx';
import { MyTicketsPage } from '../pages/MyTicketsPage.tsx';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { useSession } from '../session/useSession.ts';
import { Shell } from './Shell.tsx';

/** The whole page: one socket and one cache for the visitor of the moment, and the routes. */
export function App() {
  const { id, client, cache } = useSession();
  return (
    // The key: a hook that stays mounted would go on reading the former visitor's cache.
    <QueryClientProvider key={id} client={cache}>
      <RealtimeProvider client={client}>
        <Shell>
          <Switch>
            <Route path="/" component={EventsPage} />
            <Route path="/events/:id">{({ id }) => <EventPage key={id} eventId={id} />}</Route>
            <Route path="/tickets" component={MyTicketsPage} />
            <Route path="/login" component={LoginPage} />
            <Route component={NotFoundPage} />
          </Switch>
        </Shell>
        <RealtimeDevtools />
      </RealtimeProvider>
    </QueryClientProvider>
  );
}
