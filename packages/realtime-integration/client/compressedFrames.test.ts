import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startFaultProxy, startTestServer } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { openClient, purchase } from './openClient.ts';

/** A server that counts what it compressed, and a client in the room `event-42`. */
async function startStage(options: Parameters<typeof openClient>[1] = {}) {
  const bytes = { text: 0, sent: 0 };
  const server = await startTestServer(eventContract, {
    metrics: {
      count(counter, labels, by = 1) {
        if (counter !== 'roomcast_compressed_frame_bytes_total') return;
        bytes[labels?.form === 'text' ? 'text' : 'sent'] += by;
      },
    },
  });
  const proxy = await startFaultProxy(server.port);
  const guest = openClient(`http://127.0.0.1:${proxy.port}`, options);
  const room = guest.client.subscribe('event', { eventId: '42' });
  await room.joined();
  const publish = (...tickets: string[]) =>
    Promise.all(
      tickets.map((id) => server.manager.broadcastToEvent('42', 'ticket-purchased', purchase(id))),
    );
  return {
    ...{ bytes, guest, proxy, publish, room, server },
    async [Symbol.asyncDispose]() {
      await guest.client.close();
      await proxy.close();
      await server.close();
    },
  };
}

const tickets = (count: number) => Array.from({ length: count }, (_, index) => `t-${index}`);
const heard = (ids: readonly string[]) => ids.map((id) => `event-42 ticket-purchased ${id}`);

describe.each([['websocket'], ['polling'], ['polling', 'websocket']] as const)(
  'compressed frames over %s, %s',
  (...transports) => {
    it('are heard as what they stand for, each once and in order', async () => {
      await using stage = await startStage({ transports });
      const { bytes, guest, publish } = stage;
      for (const id of tickets(20)) {
        await publish(id);
        await guest.hears(`event-42 ticket-purchased ${id}`);
      }
      await publish(...tickets(300));
      await guest.hears('event-42 ticket-purchased t-299');
      expect(guest.heard.slice(1)).toEqual([...heard(tickets(20)), ...heard(tickets(300))]);
      expect(bytes.text).toBeGreaterThan(10_000);
      expect(bytes.sent).toBeLessThan(bytes.text / 3);
      expect(guest.errors).toEqual([]);
    });
  },
);

describe('compressed frames', () => {
  it('go on after cuts, and after the room was left and joined again', async () => {
    await using stage = await startStage();
    const { bytes, guest, proxy, publish, room } = stage;
    for (let round = 0; round < 5; round += 1) {
      await publish(`before-${round}`);
      await guest.hears(`event-42 ticket-purchased before-${round}`);
      proxy.block();
      await guest.reaches('reconnecting');
      await publish(...tickets(30));
      proxy.restore();
      await guest.hears('event-42 ticket-purchased t-29');
    }
    room.release();
    await vi.waitFor(() => expect(stage.server.manager.getActiveRooms()).toEqual([]), 4_000);
    await guest.client.subscribe('event', { eventId: '42' }).joined();
    await publish('again', 'and again');
    await guest.hears('event-42 ticket-purchased and again');
    expect(bytes.sent).toBeGreaterThan(0);
    const codes = guest.states.map((state) => 'error' in state && state.error?.code);
    expect(codes).not.toContain('INVALID_FRAME');
  });

  it('are not sent to a client that does not want them', async () => {
    await using stage = await startStage({ compression: false });
    const { bytes, guest, publish } = stage;
    await publish(...tickets(50));
    await guest.hears('event-42 ticket-purchased t-49');
    expect(bytes).toEqual({ text: 0, sent: 0 });
  });
});
