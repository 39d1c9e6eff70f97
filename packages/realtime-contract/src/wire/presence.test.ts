import { describe, expect, it } from 'vitest';
import { encodeFrame, parseFrame } from './frame.ts';
import {
  type PresenceFrame,
  parsePresenceAnswer,
  parsePresenceRequest,
  readPresence,
} from './presence.ts';

const alice = { id: 'm-1', userId: 'alice', data: { page: 1 } };
const guest = { id: 'm-2', userId: null, data: null };

function read(text: string): PresenceFrame {
  const frame = parseFrame(text);
  if (frame.type !== 'presence') throw new Error(`It is ${frame.type}.`);
  return readPresence(frame);
}

describe('a frame of presence', () => {
  it.each<PresenceFrame>([
    { type: 'presence', room: 'event-1', all: [alice, guest], count: 3 },
    { type: 'presence', room: 'event-1', all: [], count: 0 },
    { type: 'presence', room: 'event-1', entered: [alice], left: ['m-2'], count: 1 },
    { type: 'presence', room: 'event-1', count: 7 },
  ])('is read as it was written: %j', (frame) => {
    expect(read(encodeFrame(frame))).toEqual(frame);
  });

  it('is written as the protocol says', () => {
    const text = 'M{"room":"event-1","all":[["m-1","alice",{"page":1}]],"count":1}';
    expect(encodeFrame({ type: 'presence', room: 'event-1', all: [alice], count: 1 })).toBe(text);
  });

  it.each([
    'M[]',
    'M{"room":"event-1"}',
    'M{"count":1}',
    'M{"room":"event-1","count":-1}',
    'M{"room":"event-1","count":1,"all":{}}',
    'M{"room":"event-1","count":1,"all":[["m-1"]]}',
    'M{"room":"event-1","count":1,"entered":[[1,null,1]]}',
    'M{"room":"event-1","count":1,"left":[1]}',
  ])('is refused where it has another form: %s', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'INVALID_FRAME' }));
  });
});

describe('a request', () => {
  it.each([
    { room: 'event-1', follow: 'members' },
    { room: 'event-1', follow: 'count', member: { key: 'k-1', data: { page: 1 } } },
  ])('is read: %j', (request) => {
    expect(parsePresenceRequest({ ...request, further: 1 })).toEqual(request);
  });

  it.each([
    null,
    { room: 1, follow: 'none' },
    { room: 'event-1' },
    { room: 'event-1', follow: 'all' },
    { room: 'event-1', follow: 'none', member: null },
    { room: 'event-1', follow: 'none', member: { data: 1 } },
    { room: 'event-1', follow: 'none', member: { key: '', data: 1 } },
    { room: 'event-1', follow: 'none', member: { key: 'x'.repeat(65), data: 1 } },
  ])('is refused where it has another form: %j', (request) => {
    const refusal = expect.objectContaining({ code: 'INVALID_PAYLOAD' });
    expect(() => parsePresenceRequest(request)).toThrow(refusal);
  });
});

describe('an answer', () => {
  it.each([{ id: 'm-1' }, { id: null }])('is read: %j', (answer) => {
    expect(parsePresenceAnswer(answer)).toEqual(answer);
  });

  it.each([null, {}, { id: 1 }])('is refused where it has another form: %j', (answer) => {
    const refusal = expect.objectContaining({ code: 'INVALID_FRAME' });
    expect(() => parsePresenceAnswer(answer)).toThrow(refusal);
  });
});
