import type { ClusterState, ProcessStatus } from '../../shared/controlContract.ts';
import { useAction } from '../live/realtimeHooks.ts';

/** The nodes and Redis, each with the button that kills it. */
export function Processes({ nodes, redis }: Pick<ClusterState, 'nodes' | 'redis'>) {
  const kill = useAction('kill');
  const killName = (name: string) => kill.mutate({ name });
  return (
    <section className="panel" aria-labelledby="processes">
      <h2 id="processes">Processes</h2>
      <table className="processes">
        <thead>
          <tr>
            <th scope="col">Process</th>
            <th scope="col">State</th>
            <th scope="col">Connections</th>
            <th scope="col">Rooms</th>
            <th scope="col">
              <span className="visually-hidden">Kill it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {nodes.map(({ name, status, connections, rooms }) => (
            <Row key={name} {...{ name, status }} onKill={killName}>
              <td data-label="Connections">{connections ?? '–'}</td>
              <td data-label="Rooms">{rooms ?? '–'}</td>
            </Row>
          ))}
          <Row name="Redis" status={redis} onKill={killName}>
            <td colSpan={2} className="muted">
              the log of the rooms
            </td>
          </Row>
        </tbody>
      </table>
      {kill.error && (
        <p className="form-error" role="alert">
          {kill.error.message}
        </p>
      )}
      <p className="muted">
        Killing is SIGKILL: no word to anybody. A supervisor starts it again after three seconds.
      </p>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly status: ProcessStatus;
  readonly onKill: (name: string) => void;
  readonly children: React.ReactNode;
}

function Row({ name, status, onKill, children }: RowProps) {
  return (
    <tr data-testid={name}>
      <th scope="row">{name}</th>
      <td className="process-status" data-status={status}>
        {status}
      </td>
      {children}
      <td>
        <button
          type="button"
          className="button button-quiet button-small"
          disabled={status === 'down'}
          onClick={() => onKill(name)}
        >
          Kill {name}
        </button>
      </td>
    </tr>
  );
}
