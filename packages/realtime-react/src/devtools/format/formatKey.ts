/** `event-tickets › 42` for the hash of `['event-tickets', '42']`. */
export function formatKey(queryHash: string): string {
  try {
    const key: unknown = JSON.parse(queryHash);
    if (!Array.isArray(key)) return queryHash;
    return key.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' › ');
  } catch {
    // Of a `queryKeyHashFn` of the page's own.
    return queryHash;
  }
}
