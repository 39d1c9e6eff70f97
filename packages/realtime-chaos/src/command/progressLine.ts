/** Where a command writes; a stream of the process is one. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Between two lines where none can be rewritten, so that a log stays readable. */
const logIntervalMs = 5_000;
const terminalIntervalMs = 100;

/**
 * Shows how far a run has come: one line that is rewritten on a terminal, now and then a new one
 * elsewhere.
 */
export function createProgressLine(output: Output, label: string) {
  const isTerminal = output.isTTY === true;
  const intervalMs = isTerminal ? terminalIntervalMs : logIntervalMs;
  let shownAtMs = performance.now();
  let isOpen = false;
  return {
    show(done: number, total: number): void {
      const nowMs = performance.now();
      if (nowMs - shownAtMs < intervalMs) return;
      shownAtMs = nowMs;
      isOpen = isTerminal;
      const text = `${label}: ${done} of ${total}`;
      output.write(isTerminal ? `\r${text}` : `${text}\n`);
    },
    /** Ends the line, for what is printed next. */
    end(): void {
      if (isOpen) output.write('\n');
      isOpen = false;
    },
  };
}
