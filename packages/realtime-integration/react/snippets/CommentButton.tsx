// CommentButton.tsx
import { useAction } from './realtime.ts';

interface Comment {
  id: string;
  text: string;
}

export function CommentButton({ eventId }: { eventId: string }) {
  const send = useAction('send-message', {
    timeoutMs: 5_000,
    optimistic: ({ message }) => [
      {
        queryKey: ['event-messages', eventId],
        apply: (comments: readonly Comment[]) => [...comments, { id: 'draft', text: message }],
      },
    ],
  });
  return (
    <>
      <button type="button" onClick={() => send.mutate({ eventId, message: 'See you there!' })}>
        Say hello
      </button>
      {send.isError && <p role="alert">{send.error.message}</p>}
    </>
  );
}
