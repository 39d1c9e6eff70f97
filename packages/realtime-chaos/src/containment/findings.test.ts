import { startProcess } from '@roomcast/realtime-processes';
import { expect, it, vi } from 'vitest';
import { type CallbackCase, type CallbackName, callbackCases } from './callbackCases.ts';
import type { ContainedServerPart } from './containedServer.ts';
import { judgeCell } from './judgeCell.ts';
import { performCell } from './performCell.ts';

function caseOf(name: CallbackName): CallbackCase {
  const [found] = callbackCases.filter(({ callback }) => callback === name);
  if (!found) throw new Error(`No case calls ${name}.`);
  return found;
}

function startServer() {
  return startProcess<ContainedServerPart>(new URL('containedServer.ts', import.meta.url));
}

it('the containment scenario finds a secret on the wire', async () => {
  await using server = await startServer();
  const one = caseOf('input schema');
  const record = await performCell(server.calls, one, 'tells its secret to the client');
  expect(judgeCell(record, 'FORBIDDEN')).toEqual(['"hunter2" went over the wire']);
});

it('the containment scenario finds a code that is not the one that is written down', async () => {
  await using server = await startServer();
  const record = await performCell(server.calls, caseOf('authorise'), 'throws');
  expect(judgeCell(record, 'FORBIDDEN')).toEqual([
    'its client was to meet FORBIDDEN, and met INTERNAL',
  ]);
});

it('the containment scenario finds what nobody has caught', async () => {
  await using server = await startServer();
  await performCell(server.calls, caseOf('action'), 'throws where nobody catches it');
  await vi.waitFor(async () =>
    expect(await server.calls.uncaught()).toEqual([
      expect.stringContaining('the password of action that throws where nobody catches it'),
    ]),
  );
});
