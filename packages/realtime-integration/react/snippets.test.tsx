// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { RealtimeProvider } from '@roomcast/realtime-react';
import { startTestServer, type TestServer } from '@roomcast/realtime-testing';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { Activity } from './snippets/Activity.tsx';
import { App } from './snippets/App.tsx';
import { CommentButton } from './snippets/CommentButton.tsx';
import { ConnectionBadge } from './snippets/ConnectionBadge.tsx';
import { EventTitle } from './snippets/EventTitle.tsx';
import { LastPurchase } from './snippets/LastPurchase.tsx';
import { OnDemand } from './snippets/OnDemand.tsx';
import { Programme } from './snippets/Programme.tsx';
import { Root } from './snippets/Root.tsx';
import { client } from './snippets/realtime.ts';
import { Seats } from './snippets/Seats.tsx';
import { SocketLog } from './snippets/SocketLog.tsx';

declare const jsdom: { reconfigure(options: { readonly url: string }): void };

const folder = `${import.meta.dirname}/snippets`;
const readme = `${import.meta.dirname}/../../realtime-react/README.md`;
const purchase = eventContract.events['ticket-purchased'].example;

configure({ asyncUtilTimeout: 4_000 });

let server: TestServer<typeof eventContract>;
beforeAll(async () => {
  server = await startTestServer(eventContract);
  // The client of the snippets connects to the origin of its page.
  jsdom.reconfigure({ url: server.url });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
afterAll(async () => {
  await client.close();
  await server.close();
});

function open(page: ReactNode): void {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RealtimeProvider client={client}>{page}</RealtimeProvider>
    </QueryClientProvider>,
  );
}

function isIn(...rooms: readonly string[]): Promise<void> {
  return eventually(() =>
    expect(server.manager.getActiveRooms()).toEqual(expect.arrayContaining([...rooms])),
  );
}

it('the README of realtime-react shows these snippets and no others', () => {
  const shown = readFileSync(readme, 'utf8').matchAll(/```tsx?\n(.*?)```/gs);
  // A reader's bundler needs no extensions.
  const files = readdirSync(folder).map((name) =>
    readFileSync(`${folder}/${name}`, 'utf8').replaceAll(/(from '\.\/\w+)\.tsx?'/g, "$1'"),
  );
  expect([...shown].map(([, code]) => code).toSorted()).toEqual(files.toSorted());
});

it('the quick start makes a list live: a purchase is on the screen after one fetch', async () => {
  const tickets = [{ id: 't-1', seat: 'A1', owner: null as string | null }];
  const fetchTickets = vi.fn(async (_path: string) => Response.json(tickets));
  vi.stubGlobal('fetch', fetchTickets);
  render(<App />);
  expect(await screen.findByText('Live')).toBeTruthy();
  expect(await screen.findByText('A1: free')).toBeTruthy();
  await isIn('event-42');
  fetchTickets.mockClear();

  tickets[0] = { id: 't-1', seat: 'A1', owner: 'alice' };
  await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase);
  expect(await screen.findByText('A1: alice')).toBeTruthy();
  expect(fetchTickets.mock.calls).toEqual([['/api/events/42/tickets']]);
});

it('the devtools are a button beside the page', async () => {
  vi.stubGlobal('fetch', async () => Response.json([]));
  render(<Root />);
  expect(await screen.findByText('Live')).toBeTruthy();
  const host = document.querySelector('[data-roomcast-devtools]');
  expect(host?.shadowRoot?.querySelector('button')?.textContent).toBe('Roomcast');
});

describe('the recipes', () => {
  it('react to an event', async () => {
    open(<LastPurchase eventId="50" />);
    await isIn('event-50');
    await server.manager.broadcastToEvent('50', 'ticket-purchased', purchase);
    expect(await screen.findByText('user-7 bought C12')).toBeTruthy();
  });

  it('patch a query, without a fetch', async () => {
    const fetchDetails = vi.fn(async () => Response.json({ title: 'Gala', venue: 'Old Hall' }));
    vi.stubGlobal('fetch', fetchDetails);
    open(<EventTitle eventId="60" />);
    expect(await screen.findByText('Gala, Old Hall')).toBeTruthy();
    await isIn('event-60');
    const update = eventContract.events['event-updated'].example;
    await server.manager.broadcastToEvent('60', 'event-updated', update);
    expect(await screen.findByText('Gala, Harbour Hall')).toBeTruthy();
    expect(fetchDetails).toHaveBeenCalledTimes(1);
  });

  it('go on from a snapshot', async () => {
    const fetchSeats = vi.fn(async () => {
      const room = ['event', { eventId: '61' }] as const;
      return Response.json(await server.manager.snapshot([...room], () => ({ A1: 'bob' })));
    });
    vi.stubGlobal('fetch', fetchSeats);
    open(<Seats eventId="61" />);
    expect(await screen.findByText('A1: bob')).toBeTruthy();
    await isIn('event-61');
    await server.manager.broadcastToEvent('61', 'ticket-purchased', purchase);
    expect(await screen.findByText('C12: user-7')).toBeTruthy();
    expect(fetchSeats).toHaveBeenCalledTimes(1);
  });

  it('make a state of events', async () => {
    open(<Activity eventId="62" />);
    await isIn('event-62');
    await server.manager.broadcastToEvent('62', 'ticket-purchased', purchase);
    expect(await screen.findByText('user-7 paid 49.5')).toBeTruthy();
  });

  it('call an action, and show why it was refused', async () => {
    open(<CommentButton eventId="50" />);
    fireEvent.click(screen.getByText('Say hello'));
    expect((await screen.findByRole('alert')).textContent).toBeTruthy();
  });

  it('show the connection, and connect where it was ended', async () => {
    open(<ConnectionBadge />);
    expect(await screen.findByText('Live')).toBeTruthy();
    client.disconnect();
    fireEvent.click(await screen.findByText('Connect'));
    expect(await screen.findByText('Live')).toBeTruthy();
  });

  it('connect on demand', async () => {
    client.disconnect();
    open(<OnDemand eventId="51" />);
    fireEvent.click(screen.getByText('Watch live'));
    expect(await screen.findByText('Stop watching')).toBeTruthy();
    await isIn('event-51');
  });

  it('listen as to a socket', async () => {
    open(<SocketLog />);
    await client.subscribe('event', { eventId: '52' }).joined();
    await server.manager.broadcastToEvent('52', 'ticket-purchased', purchase);
    expect(await screen.findByText(purchase.ticketId)).toBeTruthy();
  });

  it('are in many rooms', async () => {
    open(<Programme eventIds={['53', '54']} />);
    await isIn('event-53', 'event-54');
  });
});
