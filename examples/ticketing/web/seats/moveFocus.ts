import type { SeatRow } from './groupRows.ts';

const steps: Record<string, readonly [rows: number, seats: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The seat that a key leads to, or undefined where it leads nowhere. */
export function moveFocus(rows: readonly SeatRow[], fromId: string, key: string) {
  const rowIndex = rows.findIndex((row) => row.seats.some((seat) => seat.id === fromId));
  const seats = rows[rowIndex]?.seats ?? [];
  const index = seats.findIndex((seat) => seat.id === fromId);
  if (key === 'Home') return seats[0];
  if (key === 'End') return seats.at(-1);
  const step = steps[key];
  return step && rows[rowIndex + step[0]]?.seats[index + step[1]];
}
