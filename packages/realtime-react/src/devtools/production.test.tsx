// @vitest-environment node
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { FakeClient } from '../../test/fakeClient.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** What a server renders of the devtools. */
async function rendered(mode: string): Promise<string> {
  vi.stubEnv('NODE_ENV', mode);
  const { RealtimeDevtools } = await import('./index.ts');
  const { RealtimeProvider } = await import('../realtimeProvider.ts');
  const client = new FakeClient();
  const text = renderToString(
    <RealtimeProvider client={client}>
      <RealtimeDevtools initialIsOpen />
    </RealtimeProvider>,
  );
  expect(client.listeners).toBe(0);
  return text;
}

it('renders nothing in production', async () => {
  expect(await rendered('production')).toBe('');
});

it('renders an empty place for the panel on a server in development', async () => {
  expect(await rendered('development')).toBe('<div data-roomcast-devtools=""></div>');
});
