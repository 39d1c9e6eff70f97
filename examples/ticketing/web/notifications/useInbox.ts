import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Inbox } from '../../shared/notification.ts';
import { useSession } from '../session/useSession.ts';

const queryKey = ['notifications'];

/** What the visitor was told, and how to mark it as read. */
export function useInbox() {
  const { api, queries, user } = useSession();
  const cache = useQueryClient();
  const inbox = useQuery({ ...queries.inbox(), enabled: user !== null });
  const marking = useMutation({
    mutationFn: (seen: { upTo: number; isClosing: boolean }) => api.markRead(seen.upTo),
    // While the list is open, its marks show what is new in it.
    onSuccess: (read, { isClosing }) =>
      cache.setQueryData<Inbox>(queryKey, (now) =>
        now && !isClosing ? { ...now, unread: read.unread } : read,
      ),
  });
  const markSeen = (isClosing: boolean) => {
    const [newest] = inbox.data?.notifications ?? [];
    const hasMarks = inbox.data?.notifications.some(({ isRead }) => !isRead);
    if (newest && hasMarks) marking.mutate({ upTo: newest.id, isClosing });
  };
  return { inbox, markSeen, markingError: marking.error };
}
