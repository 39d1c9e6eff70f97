import { describe, expect, it } from 'vitest';
import { observe, type ParityStage } from './parity/parityStage.ts';
import { presenceScenarios } from './parity/presenceScenarios.ts';
import type { Scenario } from './parity/scenario.ts';
import { scenarios } from './parity/scenarios.ts';
import { startMockStage } from './parity/startMockStage.ts';
import { startRealStage } from './parity/startRealStage.ts';

async function play(scenario: Scenario, stage: ParityStage): Promise<readonly string[]> {
  await using played = stage;
  const heard = observe(played.client);
  await scenario.run(played, heard);
  return heard;
}

describe('the client of a mock hears what it hears of a real server', () => {
  const named = [...scenarios, ...presenceScenarios].map(
    (scenario) => [scenario.name, scenario] as const,
  );
  it.each(named)('%s', async (_, scenario) => {
    const real = await play(scenario, await startRealStage(scenario.options));
    const mock = await play(scenario, await startMockStage(scenario.options));
    expect(real.length).toBeGreaterThan(3);
    expect(mock).toEqual(real);
  });
});
