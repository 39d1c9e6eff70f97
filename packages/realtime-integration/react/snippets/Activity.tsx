// Activity.tsx
import { useRealtimeState } from './realtime.ts';

const noLines: readonly string[] = [];

export function Activity({ eventId }: { eventId: string }) {
  const lines = useRealtimeState(['event', { eventId }], {
    initial: noLines,
    reduce: (lines, { event, payload }) =>
      event === 'ticket-purchased' && payload
        ? [`${payload.buyer} paid ${payload.price}`, ...lines].slice(0, 20)
        : lines,
  });
  return <pre>{lines.join('\n')}</pre>;
}
