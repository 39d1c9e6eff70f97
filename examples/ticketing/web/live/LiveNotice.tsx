import { useConnectionStatus } from './realtimeHooks.ts';

/** Says what a lost connection means, once it does not come back by itself at once. */
export function LiveNotice() {
  const state = useConnectionStatus();
  const isLost = state.status === 'reconnecting' && state.attempt > 1;
  if (!isLost && state.status !== 'closed') return null;
  return (
    <p className="live-notice">
      {isLost
        ? 'The connection is lost. What you see may be out of date until it is back.'
        : 'You are offline. What you see does not change until you connect.'}
    </p>
  );
}
