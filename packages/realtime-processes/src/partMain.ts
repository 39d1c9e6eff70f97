import type { AnswerMessage, CallMessage } from './messages.ts';
import type { Part } from './part.ts';

// The child's side: serves the part of the module that it was started with.

/** Without a parent nobody would end this process. */
process.once('disconnect', () => process.exit());

const [module = ''] = process.argv.slice(2);
const part: Part = (await import(module)).createPart();

process.on('message', async ({ id, name, argument }: CallMessage) => {
  process.send?.(await call(id, name, argument));
});
process.send?.('ready');

async function call(id: number, name: string, argument: unknown): Promise<AnswerMessage> {
  try {
    const run = part[name];
    if (!run) throw new Error(`The part has no function "${name}".`);
    return { id, ok: true, value: await run(argument as never) };
  } catch (error) {
    return { id, ok: false, error: process.versions.bun ? String(error) : error };
  }
}
