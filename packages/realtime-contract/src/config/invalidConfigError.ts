import { RoomcastError } from '../errors/roomcastError.ts';

/** Environment variables hold values that cannot be used; `problems` names each of them. */
export class InvalidConfigError extends RoomcastError {
  override readonly name = 'InvalidConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('INVALID_CONFIG', problems.join(' '));
    this.problems = problems;
  }
}
