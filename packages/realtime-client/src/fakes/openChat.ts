import type { Delivery, Publication } from '@roomcast/realtime-contract';
import { createSealedPublication, type SealingKey } from '@roomcast/realtime-contract/encryption';
import { type Mock, vi } from 'vitest';
import { z } from 'zod';
import { createRealtimeClient } from '../createRealtimeClient.ts';
import { createEventOpener } from '../encryption/createEventOpener.ts';
import type { FindKey } from '../encryption/openingKeys.ts';
import type { RealtimeClient } from '../realtimeClient.ts';
import type { RoomPublication } from '../rooms/roomPublication.ts';
import type { RoomSubscription } from '../rooms/roomSubscription.ts';
import { type ChatContract, chatContract } from './chatContract.ts';
import type { FakeTransport } from './fakeTransport.ts';
import { opened } from './openTransport.ts';

const room = 'chat-1';

/** The keys of the chat, by their id. */
export const chatKeys: Readonly<Record<string, Uint8Array>> = {
  'k-1': new Uint8Array(32).fill(1),
  'k-2': new Uint8Array(16).fill(2),
};

const keyOf = (id: string): SealingKey => ({ id, key: chatKeys[id] ?? new Uint8Array(32) });

function place(event: string, payload: unknown, offset: number, delivery: Delivery): Publication {
  const position = { epoch: 'e1', offset, revision: offset };
  return { room, event, payload, delivery, position, publishedAtMs: 1_000 };
}

/** A sealed `said`, as the log has it. */
export async function said(offset: number, text: string, keyId = 'k-1'): Promise<Publication> {
  const keys = () => keyOf(keyId);
  const { payload } = await createSealedPublication(
    chatContract,
    ['chat', { chatId: '1' }],
    'said',
    { text },
    { keys },
  );
  return place('said', payload, offset, 'reliable');
}

/** A sealed `mood`, as the log has it; `key` is what the server says it is. */
export async function mood(revision: number, of: string, key: string = of): Promise<Publication> {
  const keys = () => keyOf('k-1');
  const { payload } = await createSealedPublication(
    chatContract,
    ['chat', { chatId: '1' }],
    'mood',
    { of, is: 'fine' },
    { keys },
  );
  return { ...place('mood', payload, revision, 'latest'), key };
}

/** A `said` that whoever sealed it did not check. */
export async function misfit(offset: number): Promise<Publication> {
  const { said: event } = chatContract.events;
  const unchecked = { ...chatContract, events: { said: { ...event, payload: z.unknown() } } };
  const keys = () => keyOf('k-1');
  const { payload } = await createSealedPublication(
    unchecked as never as ChatContract,
    ['chat', { chatId: '1' }],
    'said',
    { text: 7 } as never,
    { keys },
  );
  return place('said', payload, offset, 'reliable');
}

/** An event that is not encrypted. */
export const joined = (offset: number, who: string): Publication =>
  place('joined', who, offset, 'reliable');

/** A client in the chat, with what it heard. */
export interface Chat {
  readonly client: RealtimeClient<ChatContract>;
  readonly chat: RoomSubscription;
  readonly heard: readonly string[];
  readonly logged: readonly RoomPublication[];
  readonly onError: Mock<(error: unknown, source: string) => void>;
  connect(status?: 'fresh' | 'resumed', user?: string | null): Promise<FakeTransport>;
  readonly transport: FakeTransport;
}

/** A client in the chat, over a fake transport, with what it heard: `said hi`, `joined alice`. */
export async function openChat(keys: FindKey = (id) => chatKeys[id]): Promise<Chat> {
  const heard: string[] = [];
  const logged: RoomPublication[] = [];
  const onError = vi.fn<(error: unknown, source: string) => void>();
  const client = createRealtimeClient({
    ...{ contract: chatContract, url: 'http://127.0.0.1:9', onError },
    opener: createEventOpener({ keys }),
  });
  client.on('said', ({ text }) => heard.push(`said ${text}`));
  client.on('mood', ({ of, is }) => heard.push(`${of} is ${is}`));
  client.on('joined', (who) => heard.push(`joined ${who}`));
  client.onRecovery(({ status }) => heard.push(status));
  const chat: RoomSubscription = client.subscribe('chat', { chatId: '1' }) as never;
  chat.onPublication((publication) => logged.push(publication));
  const connect = async (status: 'fresh' | 'resumed' = 'fresh', user: string | null = null) => {
    const count = opened.length;
    client.connect();
    await vi.waitFor(() => opened.length > count || Promise.reject(new Error('Not opened.')));
    const transport = opened.at(-1);
    if (!transport) throw new Error('No transport was opened.');
    const position = { epoch: 'e1', offset: 0, revision: 0 };
    transport.welcome([{ room, status, position }], { user });
    return transport;
  };
  return { client, chat, heard, logged, onError, connect, transport: await connect() };
}
