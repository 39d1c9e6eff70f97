const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** @throws Error where others than this machine could reach the address */
export function assertLoopback(host: string): void {
  if (loopback.has(host)) return;
  throw new Error(
    `Expected HOST to be 127.0.0.1, ::1 or localhost, got "${host}". Whoever reaches the control ` +
      'page kills processes here, so it is for this machine alone.',
  );
}
