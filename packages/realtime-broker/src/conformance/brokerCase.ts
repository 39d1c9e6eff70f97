import type { HistoryBounds, LatestBounds } from '../roomBounds.ts';
import type { BrokerSettings } from './brokerSettings.ts';
import type { CaseContext } from './caseContext.ts';

/** The bounds that a case needs, where the ample ones do not do. */
export interface CaseSettings extends Partial<Omit<BrokerSettings, 'history' | 'latest'>> {
  readonly history?: Partial<HistoryBounds>;
  readonly latest?: Partial<LatestBounds>;
}

/** A case before it has a broker to run on. */
export interface BrokerCase {
  readonly name: string;
  readonly settings?: CaseSettings;
  run(context: CaseContext): Promise<void>;
}
