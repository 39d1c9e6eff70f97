const long = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
});
const short = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** Wednesday 2 December at 20:30, in the reader's time zone. */
export function formatDate(iso: string, length: 'long' | 'short' = 'long'): string {
  return (length === 'long' ? long : short).format(new Date(iso));
}
