/** `it('title', …` and `it.each(…)('title', …`, but neither skipped ones nor `describe`. */
const declaration =
  /^[ \t]*(?:it|test)(?:\.each(?:<[^\n]*>)?\([\s\S]*?\))?\(\s*(['"`])((?:\\.|(?!\1).)+)\1,\s*(?:async )?\(/gm;
const hasOwnCases = /\.each(?:<[^\n]*>)?\(\s*\[/;
const placeholder = /%[sjdifo]/;

/**
 * Whether the source of a test file has a test that runs and is called so.
 *
 * A title of `it.each` is compared as the reporter fills it in: what stands in the place of a
 * placeholder must be a text of its own among the cases (where these are made elsewhere, in the
 * file), so that one that was removed is missed.
 */
export function hasTest(source: string, title: string): boolean {
  // A group that is skipped takes its tests along.
  if (/\b(?:describe|it|test)\.(?:skip|todo|only)\b/.test(source)) return false;
  return [...source.matchAll(declaration)].some(([call, , declared = '']) => {
    const pattern = declared.split(placeholder).map(escapeForRegExp).join('(.+)');
    const filledIn = new RegExp(`^${pattern}$`).exec(title)?.slice(1);
    const cases = hasOwnCases.test(call) ? call : source;
    return filledIn?.every((text) => cases.includes(`'${text}'`)) ?? false;
  });
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
