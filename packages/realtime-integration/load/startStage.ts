import { fileURLToPath } from 'node:url';
import { ActionError } from '@roomcast/realtime-contract';
import { startTestServer, type TestServer } from '@roomcast/realtime-testing';
import { stageContract } from './stageContract.ts';

/** A Roomcast server with a contract of its own, whose action refuses what is too loud. */
export function startStage(): Promise<TestServer<typeof stageContract>> {
  return startTestServer(stageContract, {
    actions: {
      say: async ({ stage, text }, { session, publisher }) => {
        if (text.includes('!')) throw new ActionError('TOO_LOUD', 'Hush.');
        const payload = { by: session.user?.id ?? '', said: { text } };
        await publisher.publish({
          ...{ room: `stage-${stage}`, event: 'line', payload, delivery: 'reliable' },
        });
        return {};
      },
    },
  });
}

const contractFile = fileURLToPath(new URL('stageContract.ts', import.meta.url));

/** What every run against a stage says. */
export const stageArguments: readonly string[] = [
  ...['run', '--contract', contractFile, '--publish-action', 'say'],
  ...['--room', 'stage-{n}', '--publish-input', '{"stage":"{n}","text":"{stamp}"}'],
];

/** A command that prints a token for each user. */
export async function tokenCommand(
  server: TestServer<typeof stageContract>,
  users: number,
): Promise<{ readonly args: readonly string[]; readonly env: Record<string, string> }> {
  const tokens = Array.from({ length: users }, (_, index) => server.tokenFor(`user-${index}`));
  return {
    args: ['--token-command', 'printf "%s\\n" "$TOKENS"'],
    env: { TOKENS: (await Promise.all(tokens)).join('\n') },
  };
}
