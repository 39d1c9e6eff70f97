import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connected, FakeClient } from '../../test/fakeClient.ts';
import { lost, NoticeStage } from '../../test/noticeStage.ts';
import { providers } from '../../test/providers.tsx';
import { RealtimeDevtools } from './index.ts';

let client: FakeClient;
let stage: NoticeStage;
beforeEach(() => {
  vi.useFakeTimers();
  client = new FakeClient();
  stage = new NoticeStage(client);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function open(panel: ReactNode = <RealtimeDevtools initialIsOpen />) {
  const page = render(panel, { wrapper: providers(client) });
  return { ...page, ...devtools() };
}

/** What is in the shadow root. */
function devtools() {
  const host = document.querySelector('[data-roomcast-devtools]');
  const dock = host?.shadowRoot?.querySelector<HTMLElement>('.dock');
  if (!dock) throw new Error('There are no devtools.');
  return { dock, panel: within(dock) };
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

function select(name: string): void {
  fireEvent.click(devtools().panel.getByRole('tab', { name }));
}

function rows(): string[] {
  const { dock } = devtools();
  return [...dock.querySelectorAll('.row')].map((row) => row.textContent ?? '');
}

describe('the button', () => {
  it('opens the panel and closes it, and says so', () => {
    const { panel } = open(<RealtimeDevtools />);
    const button = panel.getByRole('button', { name: 'Roomcast devtools, idle' });
    expect(button.getAttribute('aria-expanded')).toBe('false');
    expect(panel.queryByRole('tablist')).toBeNull();
    fireEvent.click(button);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    expect(panel.getByRole('tablist')).toBeTruthy();
    fireEvent.click(button);
    expect(panel.queryByRole('tablist')).toBeNull();
  });

  it('has the focus after Escape, of which the page hears nothing', () => {
    const onKeyDown = vi.fn();
    document.addEventListener('keydown', onKeyDown);
    const { panel, dock } = open();
    fireEvent.keyDown(panel.getByRole('searchbox'), { key: 'Escape' });
    expect(panel.queryByRole('tablist')).toBeNull();
    expect((dock.getRootNode() as ShadowRoot).activeElement?.className).toBe('toggle');
    expect(onKeyDown).not.toHaveBeenCalled();
    document.removeEventListener('keydown', onKeyDown);
  });
});

describe('the tabs', () => {
  it('are moved along with arrow keys, around both ends', () => {
    const { panel } = open();
    const selected = () => panel.getByRole('tab', { selected: true });
    const press = (key: string) => fireEvent.keyDown(selected(), { key });
    const seen = ['ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home'].map((key) => {
      press(key);
      return selected().textContent;
    });
    expect(seen).toEqual(['Rooms', 'Requests', 'Events', 'Requests', 'Events']);
    expect(panel.getByRole('tabpanel').getAttribute('aria-labelledby')).toBe(selected().id);
    expect(panel.getAllByRole('tab').map((tab) => tab.tabIndex)).toEqual([0, -1, -1, -1]);
  });
});

describe('the connection', () => {
  it('is a list of states with attempts, delays, reasons and how long each was', async () => {
    open();
    select('Connection');
    act(() => client.move(connected));
    await pass(4_000);
    act(() => client.move(lost(Date.now() + 2_000)));
    await pass(1_000);
    expect(rows().map((row) => row.slice('18:30:00.000'.length))).toEqual([
      'reconnectingattempt 1 in 2.0 s · CONNECTION_LOST: The network is gone.for 1.0 s',
      'connectedas alice4.0 s',
      'idle0 ms',
    ]);
  });
});

describe('the events', () => {
  it('are shown with room, counter, bytes, and whether they were dropped', async () => {
    open();
    const [first] = stage.receive('event-42', ['sold', { seat: 'A1' }], ['sold', { seat: 'A2' }]);
    stage.deliver(first);
    await pass(200);
    expect(rows().map((row) => row.slice('18:30:00.000'.length))).toEqual([
      'solddroppedevent-42#239 B',
      'soldevent-42#139 B',
    ]);
  });

  it('show payload and frame when they are opened', async () => {
    const { panel } = open();
    stage.receive('event-42', ['sold', { seat: 'A1' }]);
    await pass(200);
    fireEvent.click(panel.getByRole('button', { name: /sold/ }));
    expect(panel.getByText('"seat": "A1"', { exact: false })).toBeTruthy();
    expect(panel.getByText('1 publication')).toBeTruthy();
    expect(panel.getByText('No effect on the cache.')).toBeTruthy();
  });

  it('are filtered by room, event and text', async () => {
    const { panel } = open();
    stage.receive('event-42', ['sold', { seat: 'A1' }], ['moved', { seat: 'B7' }]);
    stage.receive('event-43', ['sold', { seat: 'B7' }]);
    await pass(200);
    const count = (label: string, value: string) => {
      const field = panel.getByLabelText(label);
      fireEvent.change(field, { target: { value } });
      const { length } = rows();
      fireEvent.change(field, { target: { value: '' } });
      return length;
    };
    expect(rows()).toHaveLength(3);
    expect(count('All rooms', 'event-42')).toBe(2);
    expect(count('All events', 'moved')).toBe(1);
    expect(count('Filter by text', 'b7')).toBe(2);
  });

  it('are not written down while it is paused, and forgotten when it is cleared', async () => {
    const { panel } = open();
    stage.receive('event-42', ['sold', 1]);
    fireEvent.click(panel.getByRole('button', { name: 'Pause' }));
    stage.receive('event-42', ['sold', 2]);
    await pass(200);
    expect(rows()).toHaveLength(1);
    fireEvent.click(panel.getByRole('button', { name: 'Clear' }));
    await pass(200);
    expect(rows()).toHaveLength(0);
    fireEvent.click(panel.getByRole('button', { name: 'Resume' }));
    stage.receive('event-42', ['sold', 3]);
    await pass(200);
    expect(rows()).toHaveLength(1);
  });

  it('are the last 500', async () => {
    open();
    for (let index = 0; index < 510; index += 1) stage.receive('event-42', ['sold', index]);
    await pass(200);
    expect(rows()).toHaveLength(500);
  });
});

describe('the rooms', () => {
  it('are shown with uses, position and the last recovery', async () => {
    open();
    const position = { epoch: 'abcdefghij', offset: 7, revision: 2 };
    const room = { name: 'event-42', state: { status: 'joined' } as const, position };
    client.inspected.push({ room, uses: 3, isAutomatic: false });
    act(() =>
      client.recover({ status: 'gap', during: 'join', reason: 'expired', missed: 12 }, '42'),
    );
    select('Rooms');
    await pass(200);
    const cells = devtools()
      .panel.getAllByRole('cell')
      .map((cell) => cell.textContent?.trim());
    expect(cells.slice(0, -1)).toEqual(['joined', '3', '7', '2', 'abcdefgh', '0']);
    expect(cells.at(-1)).toMatch(/^gap 12 missed · expired/);
  });
});

describe('the requests', () => {
  it('are shown with what became of them and how long it took', async () => {
    open();
    select('Requests');
    stage.send(0, 'buy', { seat: 'A1' });
    stage.send(1, 'roomcast:authenticate', 'secret-token');
    await pass(250);
    stage.answer(0, { ok: true, value: { ticketId: 't-1' } });
    stage.answer(1, { ok: false, error: { code: 'TOKEN_EXPIRED', message: 'Too old.' } });
    stage.send(2, 'buy', { seat: 'A2' });
    act(() => client.move({ status: 'closed', reason: 'disconnected', error: null }));
    await pass(200);
    expect(rows().map((row) => row.slice('18:30:00.000'.length))).toEqual([
      expect.stringMatching(/^buy\{ "seat": "A2" \}23 B.*lost$/),
      expect.stringMatching(/^authenticateprotocol"\(a token\)"\d+ B250 msrefused$/),
      'buy{ "seat": "A1" }23 B250 msaccepted',
    ]);
    expect(devtools().dock.textContent).not.toContain('secret-token');
  });
});

it('draws at most ten times a second, and not at all while it is closed', async () => {
  open();
  const changes = vi.fn();
  const observer = new MutationObserver(changes);
  const watch = { childList: true, subtree: true, characterData: true, attributes: true };
  observer.observe(devtools().dock, watch);
  const burst = async () => {
    changes.mockClear();
    for (let index = 0; index < 100; index += 1) {
      stage.receive('event-42', ['sold', index]);
      await pass(1);
    }
  };
  await burst();
  // One of them at once, and one behind it; the seconds of the timeline go on.
  expect(changes.mock.calls.length).toBeGreaterThan(0);
  expect(changes.mock.calls.length).toBeLessThanOrEqual(3);
  fireEvent.click(devtools().panel.getByRole('button', { name: /devtools/ }));
  await pass(1_000);
  await burst();
  expect(changes).not.toHaveBeenCalled();
  observer.disconnect();
});

it('ends what it watches when it is unmounted', () => {
  const { unmount } = open();
  expect(client.listeners).toBeGreaterThan(0);
  unmount();
  expect(client.listeners).toBe(0);
  expect(screen.queryByRole('button')).toBeNull();
});
