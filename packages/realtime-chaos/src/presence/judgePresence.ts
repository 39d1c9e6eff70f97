import type { ScenarioFailure } from '../scenario.ts';
import { crowd, type Lobby, maxMembers } from './presenceContract.ts';
import type { ExpectedMember } from './presenceModel.ts';

/** A member as somebody sees it. */
export interface SeenMember {
  readonly id: string;
  readonly userId: string | null;
  readonly name: string;
  readonly version: number;
}

/** A room as one observer sees it. */
export interface SeenLobby {
  readonly observer: string;
  readonly lobby: Lobby;
  readonly count: number;
  readonly members: readonly SeenMember[];
}

export interface PresenceEvidence {
  readonly lobby: Lobby;
  readonly expected: ReadonlyMap<string, ExpectedMember>;
  readonly views: readonly SeenLobby[];
  /** How many there are, as each node says. */
  readonly occupancy: readonly number[];
  /**
   * Whether everybody has entered again since the room had places: who found none is only counted
   * until then.
   */
  readonly isReentered: boolean;
}

/** What contradicts the model, where nothing has happened for a while. */
export function judgePresence(evidence: PresenceEvidence): readonly ScenarioFailure[] {
  const { lobby, expected, views, occupancy } = evidence;
  const messages: string[] = [];
  for (const count of occupancy) {
    if (count !== expected.size) messages.push(`a node counts ${count} of ${expected.size}`);
  }
  for (const { observer, count, members } of views) {
    const tell = (what: string) => messages.push(`${observer} ${what}`);
    if (count !== expected.size) tell(`is told of ${count} of ${expected.size}`);
    const names = members.map(({ name }) => name);
    if (new Set(names).size < names.length) tell('sees a member twice');
    for (const { name, userId, version } of members) {
      const member = expected.get(name);
      if (!member) tell(`sees the ghost ${name}`);
      else if (member.userId !== userId) tell(`sees ${name} as ${userId}`);
      else if (member.version !== version)
        tell(`sees ${name} with ${version}, not ${member.version}`);
    }
    messages.push(...missing(evidence, observer, new Set(names)));
  }
  return messages.map((message) => ({ message: `lobby-${lobby}: ${message}` }));
}

function missing(
  { lobby, expected, isReentered }: PresenceEvidence,
  observer: string,
  seen: ReadonlySet<string>,
): readonly string[] {
  if (seen.size > maxMembers) return [`${observer} is shown ${seen.size}, more than are listed`];
  if (lobby === crowd) {
    const listed = Math.min(maxMembers, expected.size);
    const isShort = isReentered && seen.size < listed;
    return isShort ? [`${observer} is shown ${seen.size} of ${listed} that are listed`] : [];
  }
  const absent = [...expected.keys()].filter((name) => !seen.has(name));
  return absent.map((name) => `${observer} does not see ${name}`);
}
