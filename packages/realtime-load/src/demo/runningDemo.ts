/** A demo server as seen from the command, usually in a process of its own. */
interface RunningDemo {
  readonly url: string;
  end(): Promise<void>;
}

/** @param secret - what webhooks are signed with */
export type StartDemo = (secret: string) => Promise<RunningDemo>;
