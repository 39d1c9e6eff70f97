/** To end so many sessions blocks the loop for some milliseconds. */
const sliceSize = 100;

/**
 * Does something for each of many: for the first ones in this turn of the event loop, and for each
 * further slice in a turn of its own, so that the others are served in between. Resolves when all of
 * it is done; what is begun for one waits for no other.
 */
export async function inSlices<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void> | void,
  start = 0,
): Promise<void> {
  const end = start + sliceSize;
  const begun = items.slice(start, end).map(act);
  const rest = end < items.length && nextTurn().then(() => inSlices(items, act, end));
  await Promise.all([...begun, rest]);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
