import type { MessageLog } from './messageLog.ts';

/** An engine.io connection that is used by hand, over whichever transport. */
export interface Carrier extends Disposable, Omit<MessageLog, 'add'> {
  /** Resolves once the server, or the test, has closed it. */
  readonly closed: Promise<void>;
  readonly isOpen: boolean;
  /** Sends engine.io messages, of which the first character says what they are. */
  send(...messages: readonly string[]): void;
  /** Ends it without a word. */
  terminate(): void;
}

/** Opens a carrier to a server and waits for its greeting; nothing else is sent. */
export type OpenCarrier = (url: string) => Promise<Carrier>;
