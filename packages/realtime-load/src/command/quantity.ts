/** How many of the smallest unit each unit is. */
type Units = Readonly<Record<string, number>>;

const milliseconds: Units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const bytes: Units = { b: 1, kb: 1_024, mb: 1_048_576 };
const perSecond: Units = { '/s': 1, '/m': 1 / 60 };

/** Such as `100ms`, `30s`, `1.5m` or `1h`, in milliseconds. @throws Error that says what fits */
export function parseDurationMs(text: string): number {
  return parse(text, milliseconds, 'a time such as `100ms`, `30s` or `5m`');
}

/** Such as `512b`, `1kb` or `1mb`, in bytes. @throws Error that says what fits */
export function parseBytes(text: string): number {
  return Math.round(parse(text.toLowerCase(), bytes, 'a size such as `512b` or `1kb`'));
}

/** Such as `50/s` or `12/m`, a second. @throws Error that says what fits */
export function parsePerSecond(text: string): number {
  const rate = parse(text, perSecond, 'a rate above zero such as `50/s` or `12/m`');
  if (rate > 0) return rate;
  throw new Error('Expected a rate above zero such as `50/s` or `12/m`.');
}

/** Such as `0`, `0.1%` or `0.001`, from 0 to 1. @throws Error that says what fits */
export function parseShare(text: string): number {
  const share = parse(text, { '%': 0.01, '': 1 }, 'a share such as `0`, `0.1%` or `0.001`');
  if (share <= 1) return share;
  throw new Error('Expected a share from `0` to `100%`.');
}

/** A whole number, zero or more. @throws Error that says what fits */
export function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error('Expected a whole number, zero or more.');
}

/** A whole number above zero. @throws Error that says what fits */
export function parsePositiveCount(text: string): number {
  const count = parseCount(text);
  if (count > 0) return count;
  throw new Error('Expected a whole number above zero.');
}

function parse(text: string, units: Units, expected: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(.*)$/.exec(text) ?? [];
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (number !== undefined && factor !== undefined) return Number(number) * factor;
  throw new Error(`Expected ${expected}.`);
}
