/** `18:30:04.120`, in the time zone of the page. */
export function formatTime(atMs: number): string {
  const time = new Date(atMs);
  const pad = (value: number, length = 2) => String(value).padStart(length, '0');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => pad(part));
  return `${clock.join(':')}.${pad(time.getMilliseconds(), 3)}`;
}
