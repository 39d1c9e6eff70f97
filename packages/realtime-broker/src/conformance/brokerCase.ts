import type { CaseContext } from './caseContext.ts';

/** A case before it has a broker to run on. */
export interface BrokerCase {
  readonly name: string;
  run(context: CaseContext): Promise<void>;
}
