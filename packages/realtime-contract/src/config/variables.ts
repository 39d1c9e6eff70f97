import type { EnvironmentReader } from './environment.ts';

// Functions and not methods, so that the bundle of a client has only those that it calls.

/** A whole number, or the fallback where the variable is left out. */
export function readNumber(
  { text, refuse }: EnvironmentReader,
  name: string,
  [fallback, min, max]: readonly [fallback: number, min: number, max: number],
): number {
  const actual = text(name);
  const value = Number(actual);
  if (/^\d+$/.test(actual) && value >= min && value <= max) return value;
  if (actual) refuse(name, `be a whole number from ${min} to ${max}`, actual);
  return fallback;
}

/** A URL, or undefined where the variable is left out. */
export function readUrl(
  { text, refuse }: EnvironmentReader,
  name: string,
  protocols: readonly string[],
): string | undefined {
  const actual = text(name);
  if (URL.canParse(actual) && protocols.includes(new URL(actual).protocol)) return actual;
  if (actual) refuse(name, `be a URL with ${protocols.join(' or ')}`, actual);
  return undefined;
}

/** A comma-separated list of origins; empty where the variable is left out. */
export function readOrigins({ text, refuse }: EnvironmentReader, name: string): readonly string[] {
  const parts = text(name).split(',');
  const origins = parts.map((part) => part.trim()).filter(Boolean);
  for (const actual of origins) {
    if (/^https?:/.test(actual) && URL.canParse(actual) && new URL(actual).origin === actual) {
      continue;
    }
    refuse(name, 'list origins such as "https://example.com"', actual);
  }
  return origins;
}

declare const URL: {
  new (text: string): { readonly protocol: string; readonly origin: string };
  canParse(text: string): boolean;
};
