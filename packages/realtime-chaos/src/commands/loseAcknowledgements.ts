import { Socket } from 'engine.io';
import type { SeededRandom } from '../random/seededRandom.ts';

/** A packet of Socket.IO that answers one of the client's. */
const acknowledgement = /^3\d+\[/;

const droppedPart = 0.1;
const latePart = 0.05;
const maxLateMs = 3_000;

/** From now on this process loses every tenth acknowledgement, and every twentieth comes late. */
export function loseAcknowledgements(random: SeededRandom): void {
  const { write } = Socket.prototype;
  Socket.prototype.write = function writeOrLose(...args: Parameters<typeof write>) {
    const [packet] = args;
    if (typeof packet !== 'string' || !acknowledgement.test(packet)) {
      return write.apply(this, args);
    }
    if (random.chance(droppedPart)) return this;
    if (random.chance(latePart / (1 - droppedPart))) {
      setTimeout(() => write.apply(this, args), random.integer(100, maxLateMs));
      return this;
    }
    return write.apply(this, args);
  };
}
