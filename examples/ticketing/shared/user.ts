/** A person as others see them. */
export interface User {
  readonly id: string;
  readonly name: string;
}

/** What a successful login answers. */
export interface Login {
  readonly token: string;
  readonly user: User;
}
