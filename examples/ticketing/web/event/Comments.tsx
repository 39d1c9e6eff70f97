import { useState } from 'react';
import { Link } from 'wouter';
import type { Message } from '../../shared/message.ts';
import { formatAgo } from '../format/formatAgo.ts';
import { loginPath } from '../session/loginPath.ts';
import { useSession } from '../session/useSession.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { useNow } from '../ui/useNow.ts';
import { CommentForm } from './CommentForm.tsx';
import './comments.css';

const tickMs = 20_000;

interface CommentsProps {
  readonly eventId: string;
  readonly messages: readonly Message[];
}

/** What people say about an event, newest first. What arrives while one looks lights up. */
export function Comments({ eventId, messages }: CommentsProps) {
  const { user } = useSession();
  const nowMs = useNow(tickMs);
  const [knownId] = useState(() => Number(messages[0]?.id ?? 0));
  return (
    <>
      {user ? (
        <CommentForm eventId={eventId} />
      ) : (
        <p className="muted">
          <Link href={loginPath(`/events/${eventId}`)}>Log in</Link> to say something.
        </p>
      )}
      {messages.length === 0 && <p className="muted">No comments yet.</p>}
      <ol className="comments" aria-live="polite">
        {messages.map((message) => (
          <li key={message.id} data-new={Number(message.id) > knownId || undefined}>
            <Avatar user={message.author} />
            <div>
              <p className="comment-head">
                <b>{message.author.name}</b>
                <time className="muted" dateTime={message.at}>
                  {formatAgo(message.at, nowMs)}
                </time>
              </p>
              <p className="comment-text">{message.text}</p>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
