import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, type SubmitEvent, useId, useState } from 'react';
import { useWebSocket } from '../live/realtimeHooks.ts';
import { commentProblem } from './commentProblem.ts';

const maxLength = 2_000;

/** Says something about an event, through the socket. What could not be sent stays in the field. */
export function CommentForm({ eventId }: { eventId: string }) {
  const fieldId = useId();
  const { text, setText, canSend, send, comment } = useDraft(eventId);
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <form className="comment-form" onSubmit={onSubmit}>
      <label htmlFor={fieldId} className="visually-hidden">
        Your comment
      </label>
      <textarea
        id={fieldId}
        value={text}
        maxLength={maxLength}
        placeholder="Say something about this evening"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="comment-form-foot">
        {comment.isError && (
          <p className="form-error" role="alert">
            {commentProblem(comment.error)}
          </p>
        )}
        <button type="submit" className="button button-small" disabled={!canSend}>
          {comment.isPending ? 'Sending…' : 'Send'}
        </button>
      </div>
    </form>
  );
}

function useDraft(eventId: string) {
  const { emit } = useWebSocket();
  const [text, setText] = useState('');
  const message = text.trim();
  const comment = useMutation({
    mutationFn: (sent: string) => emit('send-message', { eventId, message: sent }),
    // What was typed meanwhile stays.
    onSuccess: (_receipt, sent) => setText((now) => (now.trim() === sent ? '' : now)),
  });
  const canSend = message !== '' && !comment.isPending;
  const send = () => {
    if (canSend) comment.mutate(message);
  };
  return { text, setText, canSend, send, comment };
}
