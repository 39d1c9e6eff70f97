/** Whether an input is what the schema of a booking lets through, decided without the schema. */
export function isSoundBooking(input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false;
  const { seat, count, note = '', ...rest } = input as Readonly<Record<string, unknown>>;
  return (
    [Object.prototype, null].includes(Object.getPrototypeOf(input)) &&
    typeof seat === 'string' &&
    /^[A-Z][0-9][0-9]?[0-9]?$/.test(seat) &&
    Number.isInteger(count) &&
    Number(count) >= 1 &&
    Number(count) <= 8 &&
    typeof note === 'string' &&
    note.length <= 40 &&
    Object.keys(rest).length === 0
  );
}
