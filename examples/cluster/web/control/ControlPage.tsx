import { useConnectionStatus } from '../live/realtimeHooks.ts';
import { useClusterState } from '../live/useClusterState.ts';
import { Counters } from './Counters.tsx';
import { Happenings } from './Happenings.tsx';
import { Processes } from './Processes.tsx';
import './control.css';

/** Everything on one page: what the counters say, what can be killed, and what happened. */
export function ControlPage() {
  const state = useClusterState();
  const { status } = useConnectionStatus();
  return (
    <main className="control">
      <header className="control-header">
        <h1>The cluster of Front Row</h1>
        <p className="lead">
          Three nodes behind a proxy, one Redis, one process that sells. Kill what you like and
          watch what is lost.
        </p>
        {state && (
          <p>
            <a className="button" href={state.shopUrl} target="_blank" rel="noreferrer">
              Open the shop
            </a>
          </p>
        )}
      </header>
      {status === 'reconnecting' && (
        <p className="problem" role="alert">
          The control server is away. It is what starts all the others: see its terminal.
        </p>
      )}
      {state ? (
        <>
          <Counters counters={state.counters} />
          <Processes nodes={state.nodes} redis={state.redis} />
          <Happenings list={state.happenings} />
        </>
      ) : (
        <p className="muted">Waiting for the first news of the cluster.</p>
      )}
    </main>
  );
}
