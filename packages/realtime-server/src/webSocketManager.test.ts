import { defineContract } from '@roomcast/realtime-contract';
import { describe, expect, it, vi } from 'vitest';
import { createTestContract } from './fakes/createTestContract.ts';
import { WebSocketManager } from './webSocketManager.ts';

const invalid = expect.objectContaining({ code: 'INVALID_CONFIG' });

describe('WebSocketManager', () => {
  it('refuses at once what could never work', () => {
    const contract = defineContract({
      ...{ version: '1.0', rooms: { user: { template: 'user-{id}' } }, events: {} },
    });
    expect(() => new WebSocketManager({ contract, env: {} })).toThrow(invalid);
    const good = createTestContract();
    expect(() => new WebSocketManager({ contract: good, env: {}, path: 'live' })).toThrow(invalid);
    expect(() => new WebSocketManager({ contract: good, env: { WS_PORT: 'abc' } })).toThrow(
      /WS_PORT.*"abc"/,
    );
  });

  it('has no heartbeat where the contract has none', async () => {
    const schedule = vi.fn(() => () => {});
    const clock = { now: () => 0, schedule };
    await using _manager = new WebSocketManager({
      ...{ contract: createTestContract(), env: {}, clock },
    });
    expect(schedule).not.toHaveBeenCalled();
  });

  it('knows of nobody before somebody comes', async () => {
    await using manager = new WebSocketManager({ contract: createTestContract(), env: {} });
    expect(manager.getConnectionCount()).toBe(0);
    expect(manager.getActiveRooms()).toEqual([]);
  });

  it('publishes without anybody listening, and says at which position', async () => {
    await using manager = new WebSocketManager({ contract: createTestContract(), env: {} });
    const publication = { room: 'event-1', event: 'posted', delivery: 'reliable' } as const;
    const first = await manager.publish({ ...publication, payload: 'one' });
    const second = await manager.publish({ ...publication, payload: 'two' });
    expect([first.position.offset, second.position.offset]).toEqual([1, 2]);
    expect(second.position.epoch).toBe(first.position.epoch);
  });
});
