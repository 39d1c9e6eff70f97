import { expect, it, vi } from 'vitest';
import { createManagerSessions, type ManagerSessionsHost } from './managerSessions.ts';

it('orders the other nodes to judge a user anew before this one begins, which may take long', () => {
  const order: string[] = [];
  const note = (what: string) => async () => void order.push(what);
  const host = {
    control: { reauthoriseUser: note('here') },
    cluster: { command: note('elsewhere') },
    ...{ watchers: {}, report: vi.fn() },
  } as unknown as ManagerSessionsHost;
  void createManagerSessions(host).reauthorise('alice');
  expect(order).toEqual(['elsewhere', 'here']);
});
