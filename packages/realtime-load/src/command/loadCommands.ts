import { Command } from 'commander';
import { addOptions } from './loadOptions.ts';
import type { OptionValues } from './optionValues.ts';
import { type Scenario, scenarios } from './scenarios.ts';

/** What a command line asks for. */
export interface LoadRequest {
  readonly scenario: Scenario;
  readonly options: OptionValues;
}

interface Output {
  write(text: string): unknown;
}

/**
 * The commands, one for each scenario.
 *
 * @param onRequest - hears of the one that was asked for
 */
export function createCommands(
  output: { readonly stdout: Output; readonly stderr: Output; readonly version: string },
  onRequest: (request: LoadRequest) => void,
): Command {
  const program = new Command('realtime-load')
    .description('Puts load on a real-time server and says what its clients saw.')
    .version(output.version, '-V, --version', 'print the version')
    .addHelpText('after', exitCodes);
  for (const scenario of scenarios) {
    const command = program.command(scenario.name).description(scenario.summary);
    addOptions(command).action((options: OptionValues) => onRequest({ scenario, options }));
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => output.stdout.write(text),
      writeErr: (text) => output.stderr.write(text),
    });
  }
  return program;
}

const exitCodes = `
Exit codes:
  0    the thresholds were met
  1    at least one was missed
  2    the command line cannot be used
  3    the target cannot be reached, or lets nobody in
  4    the load itself failed
  130  ended by Ctrl-C; what was measured up to then is reported
`;
