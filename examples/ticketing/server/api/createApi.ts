import type { DatabaseSync } from 'node:sqlite';
import type { WebSocketManager } from '@roomcast/realtime-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import type { ShopContract } from '../../shared/shopContract.ts';
import type { Login } from '../../shared/user.ts';
import type { Identity } from '../identity/createIdentity.ts';
import { listHouseActivity } from '../marketplace/activity.ts';
import { listAnnouncements } from '../marketplace/announcements.ts';
import { getEvent, listEvents } from '../marketplace/events.ts';
import { getEventTickets } from '../marketplace/eventTickets.ts';
import { listQuotes } from '../marketplace/market.ts';
import { listMessages } from '../marketplace/messages.ts';
import { getInbox, markRead } from '../marketplace/notifications.ts';
import { getCustomer, listUsers } from '../marketplace/users.ts';
import { getWallet } from '../marketplace/wallet.ts';
import { changes } from '../shop/changes.ts';
import type { Shop } from '../shop/createShop.ts';
import { ApiError } from './apiError.ts';
import { readBody } from './readBody.ts';
import { requireUser, type UserEnv } from './requireUser.ts';
import { respondWithError } from './respondWithError.ts';

const maxBodyBytes = 16_384;
const userId = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const loginBody = v.object({ userId });
const transferBody = v.object({ to: userId });
const seenBody = v.object({ upTo: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) });

/** What the API needs of the rest of the server. */
export interface ApiParts {
  readonly database: DatabaseSync;
  readonly identity: Identity;
  readonly shop: Shop;
  readonly live: Pick<WebSocketManager<ShopContract>, 'snapshot'>;
}

/** The REST API, to be mounted at `/api`. */
export function createApi(parts: ApiParts): Hono {
  const api = new Hono();
  api.onError(respondWithError);
  api.use(async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
  });
  api.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError() {
        throw new ApiError('BODY_TOO_LARGE', `Expected a body of at most ${maxBodyBytes} bytes.`);
      },
    }),
  );
  addPublicRoutes(api, parts);
  addMemberRoutes(api, parts);
  api.all('*', () => {
    throw new ApiError('NOT_FOUND', 'The API has no such path.');
  });
  return api;
}

function addPublicRoutes(api: Hono, { database, identity, live }: ApiParts): void {
  api.get('/users', (context) => context.json(listUsers(database)));
  api.post('/login', async (context) => {
    const body = await readBody(context, loginBody);
    const user = getCustomer(database, body.userId);
    const login: Login = { token: await identity.issueToken(user), user };
    return context.json(login);
  });
  api.get('/activity', (context) => context.json(listHouseActivity(database)));
  api.get('/announcements', (context) => context.json(listAnnouncements(database)));
  api.get('/market', (context) => context.json(listQuotes(database)));
  api.get('/events', (context) => context.json(listEvents(database)));
  api.get('/events/:id', (context) => context.json(getEvent(database, context.req.param('id'))));
  api.get('/events/:id/tickets', async (context) => {
    const { id: eventId } = getEvent(database, context.req.param('id'));
    const read = () => getEventTickets(database, eventId);
    return context.json(await live.snapshot(['event', { eventId }], read));
  });
  api.get('/events/:id/messages', (context) =>
    context.json(listMessages(database, context.req.param('id'))),
  );
}

function addMemberRoutes(api: Hono, { database, identity, shop }: ApiParts): void {
  const member = requireUser(identity.authenticate);
  api.get('/me/tickets', member, (context) =>
    context.json(getWallet(database, context.get('userId'))),
  );
  addInboxRoutes(api, database, member);
  api.post('/tickets/:id/purchase', member, async (context) => {
    const order = { ticketId: context.req.param('id'), buyerId: context.get('userId') };
    const { purchase } = await shop.apply(changes.buy(order));
    return context.json(purchase);
  });
  api.post('/tickets/:id/transfer', member, async (context) => {
    const { to } = await readBody(context, transferBody);
    const order = { ticketId: context.req.param('id'), fromId: context.get('userId'), toId: to };
    const { transfer } = await shop.apply(changes.transfer(order));
    return context.json(transfer);
  });
}

function addInboxRoutes(
  api: Hono,
  database: DatabaseSync,
  member: MiddlewareHandler<UserEnv>,
): void {
  api.get('/me/notifications', member, (context) =>
    context.json(getInbox(database, context.get('userId'))),
  );
  api.post('/me/notifications/read', member, async (context) => {
    const { upTo } = await readBody(context, seenBody);
    return context.json(markRead(database, context.get('userId'), upTo));
  });
}
