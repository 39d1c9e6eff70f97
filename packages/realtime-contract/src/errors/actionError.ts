/**
 * A refusal that an action declares in the contract (`errors: ['SOLD_OUT']`).
 *
 * A handler throws it on the server; the client's call rejects with an equal one.
 *
 * @typeParam Code - the declared codes
 */
export class ActionError<Code extends string = string> extends Error {
  override readonly name = 'ActionError';
  readonly code: Code;

  constructor(code: Code, message: string = code) {
    super(message);
    this.code = code;
  }
}

/** Whether a value is an {@link ActionError}, and of the given code where one is named. */
export function isActionError<Code extends string>(
  value: unknown,
  code?: Code,
): value is ActionError<Code> {
  return value instanceof ActionError && (code === undefined || value.code === code);
}
