import { expect, it } from 'vitest';
import { eventually } from '../fakes/eventually.ts';
import { startTcpStage } from '../fakes/startTcpStage.ts';
import { turns } from '../fakes/turns.ts';
import { blackHole } from './blackHole.ts';

it('is closed even where it is cut while it says its end', async () => {
  await using stage = await startTcpStage();
  const { client, server } = await stage.open();
  const heal = stage.proxy.apply(blackHole({ direction: 'toServer' }));
  client.socket.end('bye');
  await turns(20);
  heal();
  stage.proxy.cut();
  await eventually(() => expect([server.text(), server.ending()]).toEqual(['bye', 'end']));
  // An answer that nobody waits for is refused, if not the first time.
  await eventually(() => {
    server.socket.write('are you there?');
    expect(server.ending()).toMatch(/ECONNRESET|EPIPE/);
  });
});
