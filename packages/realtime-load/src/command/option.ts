import { InvalidArgumentError, Option } from 'commander';

/** An option whose parser may throw any error: it is told as a wrong use, with the option's name. */
export function option<Value>(
  flags: string,
  help: string,
  parse?: (text: string) => Value,
): Option {
  const made = new Option(flags, help);
  if (!parse) return made;
  return made.argParser((text: string) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  });
}
