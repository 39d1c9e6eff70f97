// CommentButton.tsx
import { useMutation } from '@tanstack/react-query';
import { useWebSocket } from './realtime.ts';

export function CommentButton({ eventId }: { eventId: string }) {
  const { emit } = useWebSocket();
  const send = useMutation({
    mutationFn: (message: string) => emit('send-message', { eventId, message }),
  });
  return (
    <>
      <button type="button" onClick={() => send.mutate('See you there!')}>
        Say hello
      </button>
      {send.isError && <p role="alert">{send.error.message}</p>}
    </>
  );
}
