import { act } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { Everything } from '../test/everything.tsx';
import { connected, FakeClient } from '../test/fakeClient.ts';

it('finds what the server rendered, although the client is connected already', async () => {
  const container = document.createElement('div');
  container.innerHTML = renderToString(<Everything client={new FakeClient()} />);
  const client = new FakeClient();
  client.move(connected);

  const complaints = vi.spyOn(console, 'error');
  const onRecoverableError = vi.fn();
  const root = await act(async () =>
    hydrateRoot(container, <Everything client={client} />, { onRecoverableError }),
  );
  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(complaints).not.toHaveBeenCalled();
  expect(container.textContent).toBe('connected, live, no error, a socket, nowhere 0 pending');
  act(() => root.unmount());
  expect(client.listeners).toBe(0);
});
