import type { Part } from '../part.ts';

export interface EchoPart extends Part {
  echo(value: unknown): unknown;
  where(): { readonly pid: number; readonly environment: string | undefined };
  fail(message: string): Promise<never>;
  /** Ends the process amid the call. */
  die(): Promise<never>;
}

export function createPart(): EchoPart {
  return {
    echo: (value) => value,
    where: () => ({ pid: process.pid, environment: process.env.NODE_ENV }),
    async fail(message) {
      throw new RangeError(message);
    },
    die: () => process.exit(3),
  };
}
