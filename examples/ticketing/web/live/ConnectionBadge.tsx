import { useSession } from '../session/useSession.ts';
import { connectionLabel } from './connectionLabel.ts';
import { useConnectionStatus } from './realtimeHooks.ts';
import './connectionBadge.css';

/** Whether what the visitor sees is live. */
export function ConnectionBadge() {
  const { client } = useSession();
  const state = useConnectionStatus();
  const { tone, text } = connectionLabel(state);
  return (
    <div className="connection" data-status={tone} data-testid="connection">
      <span role="status">{text}</span>
      {state.status === 'closed' && (
        <button type="button" className="text-button" onClick={() => client.connect()}>
          Connect
        </button>
      )}
    </div>
  );
}
