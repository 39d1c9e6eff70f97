// @vitest-environment node
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { Everything } from '../test/everything.tsx';
import { FakeClient } from '../test/fakeClient.ts';

it('connects, joins and listens to nothing on a server, and has no complaint', () => {
  const complaints = vi.spyOn(console, 'error');
  const client = new FakeClient();
  expect(renderToString(<Everything client={client} />)).toBe(
    '<p>idle, not live, no error, no socket, nowhere 0 pending</p>',
  );
  expect(client.calls).toEqual([]);
  expect(client.rooms).toEqual({});
  expect(client.listeners).toBe(0);
  expect(complaints).not.toHaveBeenCalled();
});
