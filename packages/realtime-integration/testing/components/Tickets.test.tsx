// @vitest-environment jsdom
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { renderWithRealtime } from '@roomcast/realtime-testing/react';
import { configure } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Tickets } from './Tickets.tsx';

configure({ asyncUtilTimeout: 4_000 });

test('the list of tickets is live, and says when it is not', async () => {
  let seats = ['A1'];
  const page = <Tickets eventId="42" fetchTickets={async () => seats} />;
  await using rendered = renderWithRealtime(page, { contract: eventContract });
  const { mock, findByText, findByRole, queryByRole } = rendered;
  await findByText('A1');
  expect(queryByRole('alert')).toBeNull();

  seats = ['A1', 'B2'];
  mock.publish('ticket-purchased');
  await findByText('B2');

  mock.disconnect();
  await findByRole('alert');
  seats = ['A1', 'B2', 'C3'];
  mock.publish('ticket-purchased');
  mock.reconnect();
  await findByText('C3');
  expect(queryByRole('alert')).toBeNull();

  seats = ['D4'];
  mock.gap(['event', { eventId: '42' }], 'overflow');
  await findByText('D4');
});
