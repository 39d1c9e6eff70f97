import {
  followPresence,
  type PresenceView,
  type RoomPresenceOptions,
} from '@roomcast/realtime-client';
import type { ParityStage } from './parityStage.ts';
import type { Scenario } from './scenario.ts';

type Self = { readonly name: string };

/**
 * The members of event 42, as the client is told, are written down whenever that changes: without
 * who of them is the client, since its answer and the members may come in one read.
 */
function follow(stage: ParityStage, heard: string[], options: RoomPresenceOptions<Self>) {
  const presence = followPresence(stage.client, ['event', { eventId: '42' }], options);
  let before = withoutSelf(describe(presence.view));
  presence.watchView((view) => {
    const text = withoutSelf(describe(view));
    if (text !== before) heard.push(text);
    before = text;
  });
  return {
    ...presence,
    /** Waits until the view is this. */
    shows: (text: string) => stage.until(() => describe(presence.view) === text),
  };
}

function withoutSelf(text: string): string {
  return text.replace(/ (absent|present)/, '').replace(' (self)', '');
}

/** Connects first, so that the room is joined behind it with either. */
async function connectAmong(stage: ParityStage, users: readonly string[]): Promise<void> {
  stage.client.connect();
  await stage.until(() => stage.client.state.status === 'connected');
  await stage.others(users);
}

/** `joined present 2: bob I am bob, alice Alice (self)`; ids are random. */
function describe({ status, members, count, selfId, error }: PresenceView<Self>): string {
  const code = error && 'code' in error ? ` ${error.code}` : '';
  const who = members.map(({ id, userId, data }) =>
    [userId ?? 'guest', data.name, ...(id === selfId ? ['(self)'] : [])].join(' '),
  );
  const self = selfId === null ? 'absent' : 'present';
  return `${status}${code} ${self} ${count}: ${who.join(', ')}`;
}

const alice = { user: 'alice' };
const data = { name: 'Alice' };
const [self, bob, carol] = ['alice Alice (self)', 'bob I am bob', 'carol I am carol'];

export const presenceScenarios: readonly Scenario[] = [
  {
    name: 'a member sees itself, and who comes, changes and goes',
    options: alice,
    async run(stage, heard) {
      await connectAmong(stage, ['bob']);
      const presence = follow(stage, heard, { data });
      await presence.shows(`joined present 2: ${bob}, ${self}`);
      await stage.others(['bob', 'carol']);
      await presence.shows(`joined present 3: ${bob}, ${self}, ${carol}`);
      presence.enter({ name: 'Alicia' });
      await presence.shows(`joined present 3: ${bob}, alice Alicia (self), ${carol}`);
      await stage.others(['carol']);
      await presence.shows(`joined present 2: alice Alicia (self), ${carol}`);
      presence.leave();
      await presence.shows(`joined absent 1: ${carol}`);
    },
  },
  {
    name: 'a guest is a member too, and one who only counts hears numbers',
    options: {},
    async run(stage, heard) {
      await connectAmong(stage, ['bob']);
      const presence = follow(stage, heard, { follow: 'count', data: { name: 'Guest' } });
      await presence.shows('joined present 2: ');
      await stage.others([]);
      await presence.shows('joined present 1: ');
      const other = follow(stage, heard, {});
      await other.shows('joined present 1: guest Guest (self)');
    },
  },
  {
    name: 'while the connection is lost the members are those of before, and then those of now',
    options: alice,
    async run(stage, heard) {
      const presence = follow(stage, heard, { data });
      await presence.shows(`joined present 1: ${self}`);
      await stage.others(['bob']);
      await presence.shows(`joined present 2: ${self}, ${bob}`);
      await stage.drop();
      await presence.shows(`joining present 2: ${self}, ${bob}`);
      await stage.others(['carol']);
      await stage.restore();
      await presence.shows(`joined present 2: ${self}, ${carol}`);
    },
  },
  {
    name: 'data that does not fit is refused, and who is taken out of the room sees nobody',
    options: alice,
    async run(stage, heard) {
      await connectAmong(stage, ['bob']);
      const presence = follow(stage, heard, { data: { name: 7 as never } });
      await presence.shows('refused INVALID_PAYLOAD absent 0: ');
      presence.enter({ name: 'A'.repeat(1_024) });
      presence.enter(data);
      await presence.shows(`joined present 2: ${bob}, ${self}`);
      presence.enter({ name: 'A'.repeat(1_024) });
      await presence.shows(`refused INVALID_PAYLOAD present 2: ${bob}, ${self}`);
      stage.evict('42');
      await presence.shows('refused FORBIDDEN absent 0: ');
    },
  },
  scenarioOfToken(),
];

function scenarioOfToken(): Scenario {
  let bring = (_: string) => {};
  const nextToken = () =>
    new Promise<string>((resolve) => {
      bring = resolve;
    });
  return {
    name: 'who came while the token was out is told when another has come',
    options: { ...alice, nextToken },
    async run(stage, heard) {
      const presence = follow(stage, heard, { data });
      await presence.shows(`joined present 1: ${self}`);
      await stage.expireToken();
      await stage.others(['bob']);
      bring('alice 2');
      await presence.shows(`joined present 2: ${self}, ${bob}`);
    },
  };
}
