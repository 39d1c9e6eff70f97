import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Inbox } from '../../shared/notification.ts';
import { openDatabase } from '../database/openDatabase.ts';
import { createIdentity } from '../identity/createIdentity.ts';
import { addNotification } from '../marketplace/notifications.ts';
import { createShop } from '../shop/createShop.ts';
import { createApi } from './createApi.ts';

let database: DatabaseSync;
let request: (userId: string | null, path: string, body?: unknown) => Promise<Response>;

beforeEach(() => {
  database = openDatabase(':memory:');
  const identity = createIdentity(database, 'a secret of more than thirty-two bytes');
  const publish = () => Promise.reject(new Error('Nothing is published here.'));
  const shop = createShop({ database, publisher: { publish }, onError: () => {} });
  const snapshot = () => Promise.reject(new Error('Nothing is live here.'));
  const api = createApi({ database, identity, shop, live: { snapshot } });
  request = async (userId, path, body) => {
    const token = userId && (await identity.issueToken({ id: userId, name: userId }));
    return api.request(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: token ? { authorization: `Bearer ${token}` } : {},
      body: body === undefined ? null : JSON.stringify(body),
    });
  };
  for (const title of ['First', 'Second', 'Third']) {
    addNotification(database, { userId: 'ada', type: 'info', title, message: 'Hello.' });
  }
});

afterEach(() => database.close());

async function inboxOf(userId: string): Promise<Inbox> {
  return (await request(userId, '/me/notifications')).json() as Promise<Inbox>;
}

it('holds what a user was told, newest first, and nothing of others', async () => {
  const { notifications, unread } = await inboxOf('ada');
  expect(notifications.map(({ title }) => title)).toEqual(['Third', 'Second', 'First']);
  expect(unread).toBe(3);
  expect(await inboxOf('ben')).toEqual({ notifications: [], unread: 0 });
});

it('is read up to the notification that was seen', async () => {
  const { notifications } = await inboxOf('ada');
  const upTo = notifications[1]!.id;
  const answer = await request('ada', '/me/notifications/read', { upTo });
  expect(answer.status).toBe(200);
  const { notifications: after, unread } = (await answer.json()) as Inbox;
  expect(after.map(({ isRead }) => isRead)).toEqual([false, true, true]);
  expect(unread).toBe(1);
});

it('is not read by somebody else', async () => {
  const { notifications } = await inboxOf('ada');
  await request('ben', '/me/notifications/read', { upTo: notifications[0]!.id });
  expect((await inboxOf('ada')).unread).toBe(3);
});

it('keeps no more than the latest two hundred of a user', async () => {
  for (let number = 1; number <= 250; number += 1) {
    addNotification(database, { userId: 'ben', type: 'info', title: `${number}`, message: '.' });
  }
  const { notifications, unread } = await inboxOf('ben');
  expect(unread).toBe(200);
  expect(notifications).toHaveLength(20);
  expect(notifications[0]?.title).toBe('250');
  expect((await inboxOf('ada')).unread).toBe(3);
});

it('is for its owner only', async () => {
  expect((await request(null, '/me/notifications')).status).toBe(401);
  expect((await request(null, '/me/notifications/read', { upTo: 1 })).status).toBe(401);
});

it.each([{}, { upTo: -1 }, { upTo: 1.5 }, { upTo: 'all' }])('refuses to read %o', async (body) => {
  expect((await request('ada', '/me/notifications/read', body)).status).toBe(400);
});
