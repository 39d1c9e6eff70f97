import { defineContract } from '@roomcast/realtime-contract';
import { expect, it } from 'vitest';
import { assertDeclared } from './assertDeclared.ts';

const contract = defineContract({
  ...{ version: '1.0', rooms: { lobby: { template: 'lobby', access: 'public' } }, events: {} },
});

it('says so where a contract has none at all', () => {
  expect(() => assertDeclared(contract, 'event', 'sold')).toThrow(
    'The contract has no event "sold". It has no events at all.',
  );
});
