import { setTimeout } from 'node:timers/promises';
import { createPublication, createRemoval, type RoomArgs } from '@roomcast/realtime-contract';
import type { Changes } from '../waiting/changes.ts';
import type { Step } from './history.ts';
import type { LogModel } from './logModel.ts';
import { eventId, recoveryContract } from './recoveryContract.ts';
import type { RoomMember } from './roomMember.ts';
import type { RoomServer } from './roomServer.ts';
import type { Witness } from './witness.ts';

/** What the steps of one history work with. */
export interface Stage {
  readonly server: RoomServer;
  readonly member: RoomMember;
  readonly model: LogModel;
  readonly witness: Witness;
  readonly changes: Changes;
  /** A number that was not used yet, so that every payload is known again. */
  next(): number;
}

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

const room: RoomArgs<typeof recoveryContract, 'event'> = ['event', { eventId }];

const performers: {
  readonly [Kind in Step['kind']]: (stage: Stage, step: StepOf<Kind>) => Promise<void>;
} = {
  async publish(stage, { event, count, padding }) {
    const text = 'x'.repeat(padding);
    for (let index = 0; index < count; index += 1) {
      const number = stage.next();
      await stage.server.publish(
        event === 'sold'
          ? createPublication(recoveryContract, room, 'sold', { count: number, padding: text })
          : createPublication(recoveryContract, room, 'note', `${number}${text}`),
      );
    }
  },
  async price({ server, next }, { seat }) {
    await server.publish(
      createPublication(recoveryContract, room, 'price', { seat, count: next() }),
    );
  },
  async remove({ server }, { seat }) {
    await server.publish(createRemoval(recoveryContract, room, 'price', seat));
  },
  async blink({ server, next }) {
    await server.publish(createPublication(recoveryContract, room, 'blink', { count: next() }));
  },
  async sell({ member, next }) {
    member.sell(next());
  },
  async settle({ member }) {
    if (member.isPresent) await member.settle();
  },
  cut: ({ member }, { isSilent }) => member.cut(isSilent),
  async leave(stage) {
    stage.member.leave();
    await whenAbsenceIsKnown(stage);
  },
  async return(stage, { published }) {
    const { member, model, server, witness } = stage;
    if (member.isPresent) return;
    witness.returns(model.at(server.clock.now()));
    const back = member.comeBack();
    // Whatever fails is told by the last line; until then nobody listens.
    back.catch(() => {});
    for (let index = 0; index < published; index += 1) {
      await setTimeout(1);
      await performStep(stage, { kind: 'publish', event: 'sold', count: 1, padding: 0 });
    }
    await back;
  },
  async wait({ server, member }, { ms }) {
    // In a time that is long enough to matter, whatever is answered is answered.
    await member.whenAnswered();
    server.passTime(ms);
  },
  async crowd(stage) {
    await whenAbsenceIsKnown(stage);
    await stage.server.crowd();
  },
  async restart(stage, { keepsLog }) {
    const { server, member } = stage;
    const wasPresent = member.isPresent;
    await member.cut(false);
    await server.restart(keepsLog);
    if (wasPresent) await performStep(stage, { kind: 'return', published: 0 });
  },
};

/** Until the server has noticed, the room has a member. */
async function whenAbsenceIsKnown({ member, server, changes }: Stage): Promise<void> {
  if (!member.isKnownAbsent) return;
  const otherwise = () => 'a room without members is followed';
  await changes.until(() => !server.isFollowed, otherwise);
}

/** Lets one thing happen. */
export function performStep<Kind extends Step['kind']>(
  stage: Stage,
  step: StepOf<Kind> & { readonly kind: Kind },
): Promise<void> {
  return performers[step.kind](stage, step);
}
