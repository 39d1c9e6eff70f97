/** Prints what is wrong once, and not with every attempt to connect. */
export function createRedisReport(): (error: unknown) => void {
  let last = '';
  return (error) => {
    const text = error instanceof Error ? error.message : String(error);
    if (text !== last) console.error(`Redis: ${text}`);
    last = text;
  };
}
