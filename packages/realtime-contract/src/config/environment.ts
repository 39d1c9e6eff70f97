import { InvalidConfigError } from './invalidConfigError.ts';

/** Environment variables by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables one after the other and remembers what was wrong with them. */
export class EnvironmentReader {
  readonly #env: Environment;
  /** A set, since both ends may read the same variable. */
  readonly #problems = new Set<string>();

  constructor(env: Environment) {
    this.#env = env;
  }

  /** A whole number, or the fallback where the variable is left out. */
  number(name: string, fallback: number, min: number, max: number): number {
    const text = this.#text(name);
    if (!text) return fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    this.#refuse(name, `be a whole number from ${min} to ${max}`, text);
    return fallback;
  }

  url(name: string, protocols: readonly string[]): string | undefined {
    const text = this.#text(name);
    if (!text) return undefined;
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
    this.#refuse(name, `be a URL with ${protocols.join(' or ')}`, text);
    return undefined;
  }

  /** A comma-separated list of origins; empty where the variable is left out. */
  origins(name: string): readonly string[] {
    const texts = (this.#env[name] ?? '').split(',').map((text) => text.trim());
    const origins = texts.filter(Boolean);
    for (const text of origins) {
      if (/^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text) continue;
      this.#refuse(name, 'list origins such as "https://example.com"', text);
    }
    return origins;
  }

  /** @throws InvalidConfigError naming every variable that was wrong */
  assertValid(): void {
    if (this.#problems.size > 0) throw new InvalidConfigError([...this.#problems]);
  }

  #text(name: string): string | undefined {
    return this.#env[name]?.trim();
  }

  #refuse(name: string, expected: string, actual: string): void {
    this.#problems.add(`Expected ${name} to ${expected}, got "${actual}".`);
  }
}

declare const URL: {
  new (text: string): { readonly protocol: string; readonly origin: string };
  canParse(text: string): boolean;
};
