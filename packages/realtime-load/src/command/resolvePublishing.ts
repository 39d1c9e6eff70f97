import type { Publishing } from '../plan/publishing.ts';
import type { LoadRequest } from './loadCommands.ts';
import { UsageError } from './usageError.ts';

/** How the load has the server publish. Null where it only watches. @throws UsageError */
export function resolvePublishing(
  { scenario, options }: LoadRequest,
  { url, webhookSecret: secret }: { readonly url: string; readonly webhookSecret: string | null },
): Publishing | null {
  const { publishAction, publishEvent, publishUrl, publishInput, target } = options;
  const ways = [publishAction, publishEvent, publishUrl].filter((way) => way !== undefined);
  if (ways.length > 1) {
    throw new UsageError(
      'Expected one of `--publish-action`, `--publish-event` and `--publish-url`.',
    );
  }
  if (ways.length === 0) {
    if (target === 'socket.io' && scenario.publishing) {
      throw new UsageError(
        'A stock server has no publications that are ready: add `--publish-event` or `--publish-url`.',
      );
    }
    const ready = readyPublishing(scenario.publishing, url, secret);
    return ready && { ...ready, input: checkInput(publishInput ?? ready.input) };
  }
  const input = checkInput(publishInput);
  if (publishUrl !== undefined) return { by: 'http', url: publishUrl, input, secret };
  if (publishEvent !== undefined) {
    assertKind(target, 'socket.io', '--publish-event');
    return { by: 'event', event: publishEvent, input };
  }
  assertKind(target, 'roomcast', '--publish-action');
  return { by: 'action', action: publishAction ?? '', input };
}

function readyPublishing(
  publishing: LoadRequest['scenario']['publishing'],
  url: string,
  secret: string | null,
): Publishing | null {
  if (publishing?.by !== 'http') return publishing;
  const { path, input } = publishing;
  // The scheme of a socket says the same as that of a page.
  return { by: 'http', url: `${url.replace(/^ws/, 'http')}${path}`, input, secret };
}

function assertKind(target: string, expected: string, name: string): void {
  if (target === expected) return;
  throw new UsageError(`\`${name}\` is for \`--target ${expected}\`, got \`${target}\`.`);
}

function checkInput(input: unknown): unknown {
  if (JSON.stringify(input)?.includes('{stamp}')) return input;
  throw new UsageError(
    'Expected `--publish-input` to have `{stamp}` in a text, by which a publication is known again.',
  );
}
