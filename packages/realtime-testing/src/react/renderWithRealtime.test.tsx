import type { RealtimeClient } from '@roomcast/realtime-client';
import { ActionError } from '@roomcast/realtime-contract';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import {
  createRealtimeHooks,
  type QuerySnapshot,
  useRealtimeClient,
} from '@roomcast/realtime-react';
import { QueryClient, useQuery } from '@tanstack/react-query';
import { fireEvent, screen } from '@testing-library/react';
import { createContext, useContext } from 'react';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { createMockRealtime } from '../mock/createMockRealtime.ts';
import { renderWithRealtime } from './renderWithRealtime.ts';

const hooks = createRealtimeHooks(eventContract);
const purchase = eventContract.events['ticket-purchased'].example;
const receipt = { messageId: 'm-1', timestamp: purchase.timestamp };
const event42 = ['event', { eventId: '42' }] as const;

/** What a server has in its database. */
let tickets: string[];
const fetchTickets = vi.fn(async () => [...tickets]);

let consoleError: MockInstance;
beforeEach(() => {
  // As Testing Library does where the hooks of the runner are global.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  tickets = ['A1'];
  fetchTickets.mockClear();
  consoleError = vi.spyOn(console, 'error');
});
afterEach(() => {
  vi.useRealTimers();
  // React warns there of what was not within `act`.
  expect(consoleError).not.toHaveBeenCalled();
  consoleError.mockRestore();
  vi.unstubAllGlobals();
});

function Tickets() {
  const { isConnected } = hooks.useEventWebSocket('42');
  const { data = [] } = useQuery({ queryKey: ['event-tickets', '42'], queryFn: fetchTickets });
  return (
    <>
      {!isConnected && <p role="alert">Not live</p>}
      <p>{data.join(', ')}</p>
    </>
  );
}

type ReadSeats = () => Promise<QuerySnapshot<readonly string[]>>;

/** Fetched once, and patched by the room's events. */
function Seats({ read }: { read: ReadSeats }) {
  const { data = [] } = hooks.useRealtimeQuery({
    queryKey: ['seats'],
    room: ['event', { eventId: '42' }],
    snapshot: read,
    patches: { 'ticket-purchased': (seats, { seat = '' }) => [...new Set([...seats, seat])] },
  });
  return <p>{data.join(', ')}</p>;
}

const noNames: readonly string[] = [];

function Purchases() {
  const names = hooks.useRealtimeState(['event', { eventId: '42' }], {
    initial: noNames,
    reduce: (before, { event, payload }) =>
      event === 'ticket-purchased' && payload ? [...before, payload.ticketId] : before,
  });
  return <p>{names.join(', ')}</p>;
}

const Greeting = createContext('');

function Name({ name }: { name: string }) {
  return <p>{`${useContext(Greeting)} ${name}`}</p>;
}

function Comment() {
  const send = hooks.useAction('send-message');
  return (
    <button type="button" onClick={() => send.mutate({ eventId: '42', message: 'Hello' })}>
      {send.isPending ? 'Sending' : (send.data?.messageId ?? send.error?.message ?? 'Send')}
    </button>
  );
}

function Broken({ onClient }: { onClient: (client: RealtimeClient) => void }): never {
  onClient(useRealtimeClient());
  throw new Error('Broken.');
}

describe('a component that is rendered with a mock', () => {
  it('is live once the mock is settled, after one fetch', async () => {
    await using page = renderWithRealtime(<Tickets />, { contract: eventContract });
    expect(screen.getByRole('alert').textContent).toBe('Not live');
    await page.mock.settled();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(await screen.findByText('A1')).toBeTruthy();
    expect(fetchTickets).toHaveBeenCalledTimes(1);
  });

  it('is live in StrictMode, which mounts everything twice', async () => {
    await using page = renderWithRealtime(<Tickets />, {
      ...{ contract: eventContract, reactStrictMode: true },
    });
    await page.mock.settled();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(page.mock.joined).toHaveLength(1);
    tickets = ['B2'];
    page.mock.publish('ticket-purchased');
    expect(await screen.findByText('B2')).toBeTruthy();
  });

  it('fetches what an event made stale', async () => {
    await using page = renderWithRealtime(<Tickets />, { contract: eventContract });
    await page.mock.settled();
    tickets = ['A1', 'B2'];
    page.mock.publish('ticket-purchased');
    expect(await screen.findByText('A1, B2')).toBeTruthy();
  });

  it('shows at once that it is not connected, and is true again when it is', async () => {
    await using page = renderWithRealtime(<Tickets />, { contract: eventContract });
    await page.mock.settled();
    page.mock.disconnect();
    expect(screen.getByRole('alert')).toBeTruthy();
    tickets = ['A1', 'B2'];
    page.mock.publish('ticket-purchased');
    page.mock.reconnect();
    await page.mock.settled();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(await screen.findByText('A1, B2')).toBeTruthy();
  });

  it('fetches anew after a gap, and not without one', async () => {
    await using page = renderWithRealtime(<Tickets />, { contract: eventContract });
    await page.mock.settled();
    await screen.findByText('A1');
    page.mock.disconnect();
    page.mock.reconnect();
    await page.mock.settled();
    expect(fetchTickets).toHaveBeenCalledTimes(1);
    tickets = [];
    page.mock.gap([...event42], 'overflow');
    await vi.waitFor(() => expect(fetchTickets).toHaveBeenCalledTimes(2), { timeout: 4_000 });
    await vi.waitFor(() => expect(screen.queryByText('A1')).toBeNull());
  });

  it('patches a state by events, at once or in the next frame', async () => {
    vi.useFakeTimers();
    await using page = renderWithRealtime(<Purchases />, { contract: eventContract });
    await page.mock.settled();
    await vi.advanceTimersByTimeAsync(100);
    page.mock.publish('ticket-purchased', { ...purchase, ticketId: 't-1' });
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.getByText('t-1')).toBeTruthy();
    page.mock.publish('ticket-purchased', { ...purchase, ticketId: 't-2' });
    await vi.advanceTimersByTimeAsync(100);
    expect(screen.getByText('t-1, t-2')).toBeTruthy();
  });

  it('goes on from a snapshot, and reads another one after a gap', async () => {
    const mock = createMockRealtime(eventContract);
    let seats = ['A1'];
    const read = vi.fn(async () => mock.snapshot(['event', { eventId: '42' }], seats));
    await using _page = renderWithRealtime(<Seats read={read} />, { mock });
    await mock.settled();
    expect(await screen.findByText('A1')).toBeTruthy();
    mock.publish('ticket-purchased', { ...purchase, seat: 'B2' });
    expect(await screen.findByText('A1, B2')).toBeTruthy();
    expect(read).toHaveBeenCalledTimes(1);
    seats = ['C3'];
    mock.gap([...event42], 'epoch-changed');
    expect(await screen.findByText('C3', {}, { timeout: 4_000 })).toBeTruthy();
  });

  it('calls actions, and shows what became of them', async () => {
    await using page = renderWithRealtime(<Comment />, { contract: eventContract, user: 'alice' });
    page.mock.client.connect();
    await page.mock.settled();
    page.mock.answer('send-message', new ActionError('EVENT_NOT_FOUND', 'No such event.'));
    fireEvent.click(screen.getByText('Send'));
    expect(await screen.findByText('No such event.')).toBeTruthy();
    page.mock.answer('send-message', receipt);
    fireEvent.click(screen.getByRole('button'));
    expect(await screen.findByText('m-1')).toBeTruthy();
    expect(page.mock.calls).toHaveLength(2);
  });

  it('renders in fake time', async () => {
    vi.useFakeTimers();
    await using page = renderWithRealtime(<Tickets />, { contract: eventContract });
    await page.mock.settled();
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.getByText('A1')).toBeTruthy();
    tickets = ['A1', 'B2'];
    page.mock.publish('ticket-purchased');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(screen.getByText('A1, B2')).toBeTruthy();
    page.mock.disconnect();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(screen.getByRole('alert')).toBeTruthy();
  });
});

describe('renderWithRealtime', () => {
  it('takes a mock and a query client of the test', async () => {
    const mock = createMockRealtime<EventContract>(eventContract, { user: 'alice' });
    const queryClient = new QueryClient();
    queryClient.setQueryData(['event-tickets', '42'], ['C3']);
    await using page = renderWithRealtime(<Tickets />, { mock, queryClient });
    expect([page.mock, page.queryClient]).toEqual([mock, queryClient]);
    expect(screen.getByText('C3')).toBeTruthy();
    await mock.settled();
    expect(mock.client.state).toMatchObject({ userId: 'alice' });
  });

  it('renders within a wrapper of the test, and again', async () => {
    await using page = renderWithRealtime(<Name name="Alice" />, {
      contract: eventContract,
      wrapper: ({ children }) => <Greeting value="Hello">{children}</Greeting>,
    });
    page.rerender(<Name name="Bob" />);
    expect(page.getByText('Hello Bob')).toBeTruthy();
  });

  it('does not fetch again what fails', async () => {
    fetchTickets.mockRejectedValueOnce(new Error('down'));
    await using page = renderWithRealtime(<Tickets />, { contract: eventContract });
    await page.mock.settled();
    await vi.waitFor(() =>
      expect(page.queryClient.getQueryState(['event-tickets', '42'])?.status).toBe('error'),
    );
    expect(fetchTickets).toHaveBeenCalledTimes(1);
  });

  it('takes everything away at the end', async () => {
    const before = [...document.body.children];
    const page = renderWithRealtime(<Tickets />, { contract: eventContract });
    await page.mock.settled();
    await page[Symbol.asyncDispose]();
    expect([...document.body.children]).toEqual(before);
    expect(page.mock.client.state).toMatchObject({ status: 'closed', reason: 'closed' });
    expect(page.queryClient.getQueryCache().getAll()).toEqual([]);
  });

  it('leaves a mock and a query client of the test as they are', async () => {
    await using mock = createMockRealtime(eventContract);
    const queryClient = new QueryClient();
    const page = renderWithRealtime(<Tickets />, { mock, queryClient });
    await mock.settled();
    await screen.findByText('A1');
    await page[Symbol.asyncDispose]();
    expect(mock.client.state.status).toBe('connected');
    expect(queryClient.getQueryData(['event-tickets', '42'])).toEqual(['A1']);
    queryClient.clear();
  });

  it('ends what it made where rendering throws, and acts no more', async () => {
    consoleError.mockImplementation(() => {});
    let client: RealtimeClient | undefined;
    const onClient = (used: RealtimeClient) => {
      client = used;
    };
    const broken = <Broken onClient={onClient} />;
    expect(() => renderWithRealtime(broken, { contract: eventContract })).toThrow('Broken.');
    expect(client?.state).toMatchObject({ status: 'closed', reason: 'closed' });

    await using mock = createMockRealtime(eventContract);
    const endActing = vi.fn();
    mock.runWithin = () => endActing;
    expect(() => renderWithRealtime(broken, { mock })).toThrow('Broken.');
    expect(endActing).toHaveBeenCalledTimes(1);
    expect(mock.client.state.status).not.toBe('closed');
    consoleError.mockClear();
  });

  it('makes its mock of the contract and the user, whatever else it is given', async () => {
    const getToken = vi.fn(() => 'token');
    const options = { contract: eventContract, user: 'alice', getToken };
    await using page = renderWithRealtime(<Tickets />, options);
    await page.mock.settled();
    expect(page.mock.client.state).toMatchObject({ userId: 'alice' });
    expect(getToken).not.toHaveBeenCalled();
  });
});
