import type { ReportError } from '@roomcast/realtime-contract';

/**
 * Applies a patch and, in development, applies it once more to what it made: what comes out has to
 * be the same, because a patch may be applied to data that has its change already.
 *
 * @param name - what to call it in the report
 */
export function checkPatch(
  apply: (data: unknown) => unknown,
  name: string,
  report: ReportError,
): (data: unknown) => unknown {
  return (data) => {
    const once = apply(data);
    if (process.env.NODE_ENV === 'production') return once;
    const twice = apply(once);
    if (JSON.stringify(once) === JSON.stringify(twice)) return once;
    const message = `The patch of "${name}" changes data that it has changed already. Replace by id and version, use \`append\` for lists, or \`invalidate\`.`;
    report(new Error(message), `patch of "${name}"`);
    return once;
  };
}
