/**
 * How much each may have at most, so that all together have no more than `total`: those who have
 * less leave the rest to the others.
 */
export function fairShare(amounts: readonly number[], total: number): number {
  let share = total / amounts.length;
  while (true) {
    const greater = amounts.filter((amount) => amount > share);
    if (greater.length === 0) return share;
    const others = amounts.reduce((sum, amount) => (amount > share ? sum : sum + amount), 0);
    const next = (total - others) / greater.length;
    if (next <= share) return share;
    share = next;
  }
}
