import { renderWithRealtime } from '@roomcast/realtime-testing/react';
import { QueryClient } from '@tanstack/react-query';
import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { shopContract } from '../../shared/shopContract.ts';
import { Onlookers } from './Onlookers.tsx';

const eventId = 'night-ferry';
const room = ['event', { eventId }] as const;
const ben = { userId: 'ben', data: {} };
const carla = { userId: 'carla', data: {} };
const guest = (id: string) => ({ id, data: {} });

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

interface OpenOptions {
  readonly user?: string | null;
  readonly isConnected?: boolean;
}

/** The page of Ada, or of whoever it says, once it is told all there is, or before its first connection. */
async function open({ user = 'ada', isConnected = true }: OpenOptions = {}) {
  const queryClient = new QueryClient();
  queryClient.setQueryData(
    ['users'],
    [
      { id: 'ada', name: 'Ada Okafor' },
      { id: 'ben', name: 'Ben Lindqvist' },
      { id: 'carla', name: 'Carla Mendes' },
    ],
  );
  const page = renderWithRealtime(<Onlookers eventId={eventId} />, {
    ...{ contract: shopContract, user, queryClient },
  });
  if (!isConnected) page.mock.disconnect();
  await page.mock.settled();
  return page;
}

const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const listed = () => screen.queryAllByRole('listitem').map(({ textContent }) => textContent);
const announced = () => screen.getByRole('status').textContent;

it('names who else is looking, and counts the guests', async () => {
  await using page = await open();
  expect(screen.getByText('Nobody else is looking')).toBeTruthy();
  page.mock.presence([...room], [ben, guest('1'), guest('2')], { unlisted: 3 });
  expect(screen.getByRole('region', { name: 'Also looking' })).toBeTruthy();
  expect(listed()).toEqual(['BLBen Lindqvist', '2 guests', '3 others']);
  page.mock.presence([...room], [guest('2')]);
  expect(listed()).toEqual(['1 guest']);
});

it('says nothing of anybody before it was told', async () => {
  await using _page = await open({ isConnected: false });
  await wait(10_000);
  expect(screen.getByRole('region', { name: 'Also looking' })).toBeTruthy();
  expect(listed()).toEqual([]);
  expect(announced()).toBe('');
});

it('is seen by others while it is shown, as whom the visitor is logged in', async () => {
  await using page = await open();
  expect(page.mock.members([...room])).toMatchObject([{ userId: 'ada', data: {} }]);
  page.rerender(<p>Another page</p>);
  await wait(5_000);
  await page.mock.settled();
  expect(page.mock.members([...room])).toEqual([]);
});

it('shows no name that somebody gives to themselves', async () => {
  await using page = await open({ user: null });
  const poser = { data: { name: 'Ada Okafor' } };
  page.mock.presence([...room], [poser]);
  expect(listed()).toEqual(['1 guest']);
});

it('keeps what it knows while the connection is lost', async () => {
  await using page = await open();
  page.mock.presence([...room], [ben]);
  page.mock.disconnect();
  expect(listed()).toEqual(['BLBen Lindqvist']);
  page.mock.presence([...room], [carla]);
  page.mock.reconnect();
  await page.mock.settled();
  expect(listed()).toEqual(['CMCarla Mendes']);
});

it('announces how many there are once nobody has come or gone for some seconds', async () => {
  await using page = await open();
  page.mock.presence([...room], [ben]);
  await wait(3_000);
  page.mock.presence([...room], [ben, carla]);
  await wait(3_000);
  expect(announced()).toBe('');
  await wait(1_000);
  expect(announced()).toBe('2 others are looking at this event.');
  page.mock.presence([...room], []);
  await wait(3_000);
  page.mock.presence([...room], [ben, carla]);
  await wait(10_000);
  expect(announced()).toBe('2 others are looking at this event.');
  page.mock.presence([...room], []);
  await wait(4_000);
  expect(announced()).toBe('Nobody else is looking at this event.');
});
