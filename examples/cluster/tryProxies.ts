// Runs the example behind each proxy of the machine, with the configurations in proxies/.
import { startProxy } from './server/proxy/startProxy.ts';
import { proxyPrograms, versionOf } from './trials/proxyPrograms.ts';
import { runTrial } from './trials/runTrial.ts';
import { startProgram } from './trials/startProgram.ts';

async function tryOut(name: string, run: () => ReturnType<typeof runTrial>): Promise<void> {
  try {
    const { published, delivered, lost } = await run();
    console.log(`${name}: published ${published}, delivered ${delivered}, lost ${lost}`);
  } catch (error) {
    console.log(`${name}: FAILED, ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

await tryOut('The proxy of this example', () => runTrial(startProxy, false));
for (const program of proxyPrograms) {
  const version = versionOf(program);
  if (version === null) {
    console.log(`${program.name}: not tried, there is no \`${program.command}\` here`);
    continue;
  }
  const name = `${program.name} ${version}`;
  await tryOut(name, () => runTrial(startProgram(program, false), false));
  await tryOut(`${name}, sticky, with polling`, () => runTrial(startProgram(program, true), true));
}
