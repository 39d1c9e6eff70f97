import { createMemoryBroker } from '@roomcast/realtime-broker';
import { Changes } from '../waiting/changes.ts';
import type { History } from './history.ts';
import { LogModel } from './logModel.ts';
import { performStep, type Stage } from './performStep.ts';
import { RoomMember } from './roomMember.ts';
import { RoomServer, type RoomServerOptions } from './roomServer.ts';
import { Witness } from './witness.ts';

/**
 * Lets a history happen to a real server and a real client.
 *
 * @param createBroker - the log, for a test of what this finds
 * @returns how often the client was told what
 * @throws where the client was not told exactly what the model says, with everything that happened
 */
export async function runHistory(
  history: History,
  createBroker: RoomServerOptions['createBroker'] = createMemoryBroker,
): Promise<ReadonlyMap<string, number>> {
  const model = new LogModel(history.bounds);
  const witness = new Witness(model, history.maxReplay);
  try {
    await perform(history, { model, witness, createBroker });
  } catch (error) {
    witness.problem(error instanceof Error ? error.message : String(error));
  }
  if (witness.problems.length > 0) throw new Error(witness.trace.join('\n'));
  return witness.tally;
}

async function perform(
  { bounds, maxReplay, steps }: History,
  parts: Pick<Stage, 'model' | 'witness'> & Pick<RoomServerOptions, 'createBroker'>,
): Promise<void> {
  const { model, witness, createBroker } = parts;
  const changes = new Changes();
  await using server = new RoomServer({
    ...{ bounds, model, createBroker, onChanged: changes.tell },
    onLogChanged: () => witness.logChanged(model.at(server.clock.now())),
    onProblem: (problem) => witness.problem(problem),
  });
  await server.start();
  const { port } = server.server;
  const countSessions = () => server.server.manager.getConnectionCount();
  await using member = await RoomMember.start({
    ...{ port, maxReplay, model, witness, changes, countSessions },
  });
  let count = 0;
  const next = () => {
    count += 1;
    return count;
  };
  const stage = { server, member, model, witness, changes, next };
  for (const step of steps) {
    witness.note(`- ${JSON.stringify(step)}`);
    await performStep(stage, step);
    if (witness.problems.length > 0) return;
  }
  await conclude(stage);
}

/** The client is back, has everything, and still hears what comes. */
async function conclude(stage: Stage): Promise<void> {
  const { member, model, witness } = stage;
  await performStep(stage, { kind: 'return', published: 0 });
  await member.settle();
  await performStep(stage, { kind: 'publish', event: 'sold', count: 1, padding: 0 });
  await member.settle();
  for (const [seat, change] of model.values()) {
    const heard = witness.values.get(seat);
    const isGone = change.removed === true && heard === undefined;
    if (heard !== change && !isGone) witness.problem(`the price of seat "${seat}" is out of date`);
  }
}
