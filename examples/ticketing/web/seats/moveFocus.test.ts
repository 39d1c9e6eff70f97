import { expect, it } from 'vitest';
import type { Ticket } from '../../shared/ticket.ts';
import { groupRows } from './groupRows.ts';
import { moveFocus } from './moveFocus.ts';

const hall = groupRows(['A1', 'A2', 'A3', 'B1', 'B2', 'B3'].map(ticket));

function ticket(seat: string): Ticket {
  const [row = '', number = ''] = seat;
  return { id: seat, row, number: Number(number), seat, price: 10, owner: null, changedAt: null };
}

it.each([
  ['A2', 'ArrowLeft', 'A1'],
  ['A2', 'ArrowRight', 'A3'],
  ['A2', 'ArrowDown', 'B2'],
  ['B2', 'ArrowUp', 'A2'],
  ['B2', 'Home', 'B1'],
  ['B2', 'End', 'B3'],
])('leads from %s by %s to %s', (from, key, to) => {
  expect(moveFocus(hall, from, key)?.id).toBe(to);
});

it.each([
  ['A1', 'ArrowLeft'],
  ['A1', 'ArrowUp'],
  ['B3', 'ArrowRight'],
  ['B3', 'ArrowDown'],
  ['A2', 'Enter'],
  ['Z9', 'ArrowLeft'],
])('leads nowhere from %s by %s', (from, key) => {
  expect(moveFocus(hall, from, key)).toBeUndefined();
});
