import type { ReportError } from '@roomcast/realtime-contract';
import { isProduction } from '../isProduction.ts';

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
    if (isProduction()) return once;
    const twice = apply(once);
    if (JSON.stringify(once) === JSON.stringify(twice)) return once;
    const patch = `patch of "${name}"`;
    const message = `The ${patch} is not idempotent. Replace by id, \`append\` or \`invalidate\`.`;
    report(new Error(message), patch);
    return once;
  };
}
