import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { QueryClient } from '@tanstack/react-query';
import { createMockRealtime } from '../mock/createMockRealtime.ts';
import { renderWithRealtime } from './renderWithRealtime.ts';

const mock = createMockRealtime(eventContract);

// The mock has the events of the contract, or of the mock that it was given.
renderWithRealtime(null, { contract: eventContract, user: 'alice' }).mock.publish('heartbeat');
renderWithRealtime(null, { mock, queryClient: new QueryClient() }).mock.publish('heartbeat');
// @ts-expect-error: no event has this name
renderWithRealtime(null, { mock }).mock.publish('heartbeats');
// What Testing Library takes and returns is there, too.
renderWithRealtime(null, { mock, reactStrictMode: true }).getByText('Live');

// @ts-expect-error: it needs a contract or a mock
renderWithRealtime(null, { queryClient: new QueryClient() });
