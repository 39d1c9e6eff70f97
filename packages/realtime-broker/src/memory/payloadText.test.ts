import { expect, test } from 'vitest';
import { payloadText } from './payloadText.ts';

const inputWith = (payload: unknown) =>
  ({ room: 'event-1', event: 'posted', payload, delivery: 'reliable' }) as const;

test('a payload is written as JSON', () => {
  expect(payloadText(inputWith({ list: [1, null], text: 'ß' }))).toBe(
    '{"list":[1,null],"text":"ß"}',
  );
  expect(payloadText(inputWith(null))).toBe('null');
});

test('what JSON cannot hold is refused, with the event and the cause', () => {
  const cause = new Error('broken toJSON');
  const toJSON = () => {
    throw cause;
  };
  expect(() => payloadText(inputWith({ toJSON }))).toThrow(
    expect.objectContaining({
      code: 'INVALID_PAYLOAD',
      message: expect.stringContaining('"posted"'),
      cause,
    }),
  );
  expect(() => payloadText(inputWith(undefined))).toThrow(
    expect.objectContaining({ code: 'INVALID_PAYLOAD' }),
  );
});
