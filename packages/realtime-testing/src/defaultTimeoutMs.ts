/** How long a test waits for what should come at once, in milliseconds. */
export const defaultTimeoutMs = 2_000;
