import type { ParityOptions, ParityStage } from './parityStage.ts';

/** What is done to a client, with waits for what it is known to come to. */
export interface Scenario {
  readonly name: string;
  readonly options: ParityOptions;
  /** @param heard - grows as the client hears; a scenario may add what it saw */
  run(stage: ParityStage, heard: string[]): Promise<void>;
}
