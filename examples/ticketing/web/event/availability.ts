const scarceBelow = 11;

/** How many seats are left, in words. */
export function availability(free: number): { text: string; isScarce: boolean } {
  if (free === 0) return { text: 'Sold out', isScarce: true };
  if (free === 1) return { text: 'Last seat', isScarce: true };
  if (free < scarceBelow) return { text: `Last ${free} seats`, isScarce: true };
  return { text: `${free} seats left`, isScarce: false };
}
