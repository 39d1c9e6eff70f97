import { parseArgs } from 'node:util';

/** What the command line asks the worker for. */
export interface Orders {
  readonly count: number;
  readonly everyMs: number;
}

/** Reads `[COUNT] [--every-ms MS]`. @throws Error that names what it cannot read */
export function readOrders(args: readonly string[]): Orders {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'every-ms': { type: 'string', default: '1000' } },
  });
  const [count = '10'] = positionals;
  return { count: whole('COUNT', count), everyMs: whole('--every-ms', values['every-ms']) };
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (text !== '' && Number.isInteger(value) && value >= 0) return value;
  throw new Error(`Expected ${name} to be a whole number from 0, got "${text}".`);
}
