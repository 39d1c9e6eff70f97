// @vitest-environment jsdom
import { ActionError } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { createRealtimeHooks } from '@roomcast/realtime-react';
import { renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { type Stage, type StageOptions, startStage } from './startStage.tsx';

const { useRealtimeEvent, useWebSocket } = createRealtimeHooks(eventContract);
const purchase = eventContract.events['ticket-purchased'].example;

/** A component in the room of event 42, with the socket that it gets. */
async function openPage({ wrapper, client }: Stage) {
  const { result } = renderHook(() => useWebSocket({ eventId: '42' }), { wrapper });
  await client.subscribe('event', { eventId: '42' }).joined();
  const { socket } = result.current;
  if (!socket) throw new Error('There is a socket in a browser.');
  return { result, socket };
}

describe('socket', () => {
  it('hears the events of the contract until it is told to stop', async () => {
    await using stage = await startStage();
    const { socket } = await openPage(stage);
    const heard: string[] = [];
    const onPurchase = ({ ticketId }: { ticketId: string }) => heard.push(`on ${ticketId}`);
    socket.on('ticket-purchased', onPurchase);
    socket.once('ticket-purchased', ({ ticketId }) => heard.push(`once ${ticketId}`));
    const { manager } = stage.server;
    const buy = (ticketId: string) =>
      manager.broadcastToEvent('42', 'ticket-purchased', { ...purchase, ticketId });
    await buy('t-1');
    await buy('t-2');
    await eventually(() => expect(heard).toEqual(['on t-1', 'once t-1', 'on t-2']));
    socket.off('ticket-purchased', onPurchase);
    socket.once('ticket-purchased', ({ ticketId }) => heard.push(`last ${ticketId}`));
    await buy('t-3');
    await eventually(() => expect(heard.at(-1)).toBe('last t-3'));
    expect(heard).toHaveLength(4);
  });

  it('says room-joined for the room that a component asks for', async () => {
    await using stage = await startStage();
    const { wrapper } = stage;
    const { socket } = await openPage(stage);
    const joined = vi.fn();
    socket.on('room-joined', joined);
    renderHook(() => useWebSocket({ eventId: '43' }), { wrapper });
    await eventually(() =>
      expect(joined.mock.calls).toEqual([[{ room: 'event-43', kind: 'event', eventId: '43' }]]),
    );
  });

  it('says disconnect, reconnect_error and reconnect, and keeps its listeners', async () => {
    await using stage = await startStage();
    const { result, socket } = await openPage(stage);
    const heard: unknown[][] = [];
    socket.on('disconnect', (reason) => heard.push(['disconnect', reason]));
    socket.on('reconnect_error', ({ message }) => heard.push(['reconnect_error', message]));
    socket.on('reconnect', (attempt) => heard.push(['reconnect', attempt]));
    socket.on('ticket-purchased', ({ ticketId }) => heard.push(['ticket-purchased', ticketId]));

    stage.proxy.block();
    await eventually(() => expect(heard.map(([name]) => name)).toContain('reconnect_error'));
    stage.proxy.restore();
    await eventually(() => expect(result.current.isConnected).toBe(true));
    const failures = heard.filter(([name]) => name === 'reconnect_error').length;
    expect(heard[0]).toEqual(['disconnect', 'CONNECTION_LOST']);
    expect(heard.at(-1)).toEqual(['reconnect', failures + 1]);

    await stage.server.manager.broadcastToEvent('42', 'ticket-purchased', purchase);
    await eventually(() => expect(heard.at(-1)).toEqual(['ticket-purchased', purchase.ticketId]));
  });
});

describe('emit', () => {
  const actions: StageOptions['actions'] = {
    'send-message': async ({ eventId }, { session }) => {
      if (eventId !== '42') throw new ActionError('EVENT_NOT_FOUND', 'No such event.');
      return { messageId: `from ${session.user?.id}`, timestamp: '2026-05-04T18:30:00.000Z' };
    },
  };

  it('answers with what the handler returned, or rejects with its refusal', async () => {
    await using stage = await startStage({ userId: 'alice', actions });
    const { result, socket } = await openPage(stage);
    const { emit } = result.current;
    await expect(emit('send-message', { eventId: '42', message: 'Hi' })).resolves.toMatchObject({
      messageId: 'from alice',
    });
    await expect(
      socket.emit('send-message', { eventId: '7', message: 'Hi' }),
    ).rejects.toMatchObject({ code: 'EVENT_NOT_FOUND' });
  });

  it('rejects for a guest, and where there is no connection', async () => {
    await using stage = await startStage({ actions });
    const { result } = await openPage(stage);
    const { emit, disconnect } = result.current;
    const message = { eventId: '42', message: 'Hi' };
    await expect(emit('send-message', message)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    disconnect();
    await expect(emit('send-message', message)).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  });
});

describe('useRealtimeEvent', () => {
  it('hears every event of a burst of 200 in order, although each renders the component', async () => {
    await using stage = await startStage();
    const heard: string[] = [];
    let renderings = 0;
    const { rerender } = renderHook(
      () => {
        renderings += 1;
        useWebSocket({ eventId: '42' });
        useRealtimeEvent('ticket-purchased', ({ ticketId }) => {
          heard.push(ticketId);
          rerender();
        });
      },
      { wrapper: stage.wrapper },
    );
    const { manager } = stage.server;
    await eventually(() => expect(manager.getActiveRooms()).toEqual(['event-42']));
    const tickets = Array.from({ length: 200 }, (_, number) => `t-${number}`);
    const before = renderings;
    await Promise.all(
      tickets.map((ticketId) =>
        manager.broadcastToEvent('42', 'ticket-purchased', { ...purchase, ticketId }),
      ),
    );
    await eventually(() => expect(heard).toHaveLength(200));
    expect(heard).toEqual(tickets);
    expect(renderings - before).toBeGreaterThanOrEqual(200);
  });
});
