import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { tokenOf } from '../protocol/startBoard.ts';
import { startAway } from './startAway.ts';

describe('a client whose rights ended while it was away', () => {
  it('is told `unauthorized` of a room that it may not see any more, and hears nothing of it', async () => {
    let isAdmitted = true;
    await using away = await startAway({ authorise: (_, rooms) => rooms.map(() => isAdmitted) });
    const { board, client } = away;
    const plans: string[] = [];
    client.on('planned', ({ text }) => plans.push(text));
    const team = client.subscribe('team', { teamId: '1' });
    const told: unknown[] = [];
    team.onRecovery((recovery) => told.push(recovery));
    await team.joined();
    const plan = (text: string) =>
      board.manager.publish({
        ...{ room: 'team-1', event: 'planned', delivery: 'reliable', payload: { text } },
      });
    await plan('one');
    await eventually(() => expect(plans).toEqual(['one']));
    await away.cut();
    isAdmitted = false;
    await plan('two');
    await away.back();
    await eventually(() => expect(team.state.status).toBe('refused'));
    await plan('three');
    await board.say('to everybody');
    await away.isUpToDate();
    expect(plans).toEqual(['one']);
    expect(told).toMatchObject([{ status: 'fresh' }, { status: 'gap', reason: 'unauthorized' }]);
    expect(team.state).toMatchObject({ status: 'refused', error: { code: 'FORBIDDEN' } });
  });

  it('loses nothing where the server cannot tell its rights for a moment', async () => {
    let failures = 0;
    await using away = await startAway({
      authorise: (_, rooms) => {
        if (failures === 0) return rooms.map(() => true);
        failures -= 1;
        throw new Error('The database is away.');
      },
    });
    const { board, client } = away;
    const plans: string[] = [];
    client.on('planned', ({ text }) => plans.push(text));
    const team = client.subscribe('team', { teamId: '1' });
    const told: unknown[] = [];
    team.onRecovery((recovery) => told.push(recovery));
    await team.joined();
    await away.cut();
    failures = 3;
    await board.manager.publish({
      ...{ room: 'team-1', event: 'planned', delivery: 'reliable', payload: { text: 'one' } },
    });
    await away.back();
    await eventually(() => expect(plans).toEqual(['one']));
    expect(failures).toBe(0);
    expect(told).toMatchObject([{ status: 'fresh' }, { status: 'resumed', during: 'join' }]);
  });

  it('is refused with the reason where its user was revoked, and hears nothing', async () => {
    const revokedToken = tokenOf('alice', { issuedAtMs: 0 });
    await using away = await startAway({ getToken: () => revokedToken });
    const { board, client } = away;
    await away.cut();
    board.manager.sessions.revokeUser('alice');
    await board.say('after the revocation');
    away.restore();
    await eventually(() =>
      expect(client.state).toMatchObject({
        ...{ status: 'closed', reason: 'refused', error: { code: 'TOKEN_REVOKED' } },
      }),
    );
    expect(away.heard).toEqual([]);
    expect(board.manager.getConnectionCount()).toBe(0);
  });
});
