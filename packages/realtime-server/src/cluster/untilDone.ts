import type { ControlHost } from './controlHost.ts';

const retryDelayMs = 1_000;

/** Attempts something until it succeeds; says why it did not, and ends without a word at the close. */
export function untilDone(
  attempt: () => Promise<unknown>,
  { clock, report, closing }: Pick<ControlHost, 'clock' | 'report' | 'closing'>,
): Promise<void> {
  return new Promise((resolve) => {
    const next = () => {
      attempt().then(
        () => resolve(),
        (error: unknown) => {
          if (closing.aborted) return;
          report(error, 'cluster');
          const cancel = clock.schedule(() => {
            closing.removeEventListener('abort', cancel);
            next();
          }, retryDelayMs);
          closing.addEventListener('abort', cancel, { once: true });
        },
      );
    };
    next();
  });
}
