import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Publication } from '../contract/publication.ts';
import { isRoomcastError } from '../errors/roomcastError.ts';
import { encodeFrame, encodePublications, isFrame, parseFrame, type RoomFrame } from './frame.ts';
import type { WelcomeFrame } from './sessionFrames.ts';

const position = { epoch: 'abc', offset: 3, revision: 7 };
const sold: Publication = {
  room: 'event-42',
  event: 'sold',
  payload: { id: 't-1' },
  delivery: 'reliable',
  position,
  publishedAtMs: 1_000,
};
const welcome: WelcomeFrame = {
  type: 'welcome',
  session: 'c2Vzc2lvbg',
  user: 'alice',
  tokenExpiresInMs: 5_000,
  fingerprint: '0123456789abcdef',
  features: ['deflate'],
  rooms: [{ room: 'event-42', status: 'fresh', position }],
};
const refusal: RoomFrame = {
  type: 'room',
  result: { room: 'event-42', status: 'refused', error: { code: 'FORBIDDEN', message: 'No.' } },
};

const invalid = expect.objectContaining({ name: 'RoomcastError', code: 'INVALID_FRAME' });

/** A publications frame of one tuple, with the given parts in place of good ones. */
function oneTuple(parts: Record<number, unknown>): string {
  const tuple = Object.assign(['sold', 0, 3, 1_000, { id: 't-1' }], parts);
  return `P${JSON.stringify(['event-42', 'abc', [tuple]])}`;
}

describe('isFrame', () => {
  it('tells frames from the packets of Socket.IO', () => {
    expect(isFrame(encodeFrame(welcome))).toBe(true);
    expect(isFrame(encodePublications([sold]))).toBe(true);
    for (const packet of ['0', '2["sold",{}]', '40{"sid":"x"}', '51-["sold"]', '']) {
      expect(isFrame(packet)).toBe(false);
    }
  });
});

describe('a frame of publications', () => {
  it('has a documented form on the wire', () => {
    expect(encodePublications([sold, { ...sold, position: { ...position, offset: 4 } }])).toBe(
      'P["event-42","abc",[["sold",0,3,1000,{"id":"t-1"}],["sold",0,4,1000,{"id":"t-1"}]]]',
    );
    expect(
      encodePublications([{ ...sold, delivery: 'latest', key: 'A', causedBy: 'call-1' }]),
    ).toBe('P["event-42","abc",[["sold",1,7,1000,{"id":"t-1"},{"key":"A","causedBy":"call-1"}]]]');
    expect(encodePublications([{ ...sold, delivery: 'volatile', payload: null }])).toBe(
      'P["event-42","abc",[["sold",2,0,1000,null]]]',
    );
  });

  it('turns a payload that JSON has no value for into null', () => {
    expect(parseFrame(encodePublications([{ ...sold, payload: undefined }]))).toMatchObject({
      publications: [{ payload: null }],
    });
  });

  it('is read back as it was sent', () => {
    const publication = fc.record(
      {
        event: fc.string(),
        payload: fc.jsonValue(),
        delivery: fc.constantFrom('reliable' as const, 'latest' as const, 'volatile' as const),
        offset: fc.maxSafeNat(),
        revision: fc.maxSafeNat(),
        publishedAtMs: fc.integer(),
        key: fc.string(),
        removed: fc.constant(true as const),
        causedBy: fc.string(),
      },
      { requiredKeys: ['event', 'payload', 'delivery', 'offset', 'revision', 'publishedAtMs'] },
    );
    const list = fc.array(publication, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.string(), fc.string(), list, (room, epoch, drawn) => {
        const publications = drawn.map(({ offset, revision, ...rest }) => ({
          ...rest,
          room,
          position: { epoch, offset, revision },
        }));
        const frame = parseFrame(encodePublications(publications as [Publication]));
        const counters = { reliable: 'offset', latest: 'revision' } as const;
        expect(frame).toEqual({
          type: 'publications',
          room,
          epoch,
          publications: drawn.map(({ offset, revision, payload, ...rest }) => ({
            ...rest,
            payload: JSON.parse(JSON.stringify(payload)),
            counter:
              rest.delivery === 'volatile' ? 0 : { offset, revision }[counters[rest.delivery]],
          })),
        });
      }),
    );
  });

  it('may hold no publication', () => {
    expect(parseFrame('P["event-42","abc",[]]')).toMatchObject({ publications: [] });
  });

  it.each<unknown>([
    'length',
    'map',
    'constructor',
    '__proto__',
    '0',
    '',
    -1,
    3,
    0.5,
    null,
    true,
    [],
    [0],
    {},
    { toString: null, valueOf: null },
  ])('does not take %j for a delivery', (code) => {
    expect(() => parseFrame(oneTuple({ 1: code }))).toThrow(invalid);
  });

  it.each([
    ['an event that is no name', { 0: null }],
    ['an event that is a list', { 0: ['sold'] }],
    ['a counter that is text', { 2: '3' }],
    ['a negative counter', { 2: -1 }],
    ['a counter that is a fraction', { 2: 1.5 }],
    ['a counter beyond exact integers', { 2: 2 ** 53 }],
    ['a time that is text', { 3: '1000' }],
    ['no time', { 3: null }],
  ])('is refused with %s', (_, parts) => {
    expect(() => parseFrame(oneTuple(parts))).toThrow(invalid);
  });

  it('is refused with an infinite time', () => {
    expect(() => parseFrame('P["r","e",[["sold",0,1,1e999,null]]]')).toThrow(invalid);
  });

  it('is refused as a whole for one broken publication', () => {
    expect(() => parseFrame('P["r","e",[["sold",0,1,1000,null],["sold"]]]')).toThrow(invalid);
  });

  it.each([
    [null],
    ['text'],
    [[]],
    [{ key: 7, causedBy: null }],
    [{ key: {}, causedBy: ['call'] }],
    [JSON.parse('{"__proto__":{"key":"A"},"future":1}')],
  ])('ignores a header that it does not understand: %j', (header) => {
    expect(parseFrame(oneTuple({ 5: header }))).toEqual({
      type: 'publications',
      room: 'event-42',
      epoch: 'abc',
      publications: [
        {
          event: 'sold',
          payload: { id: 't-1' },
          delivery: 'reliable',
          counter: 3,
          publishedAtMs: 1_000,
        },
      ],
    });
  });

  it('leaves the prototype of a payload alone', () => {
    const frame = parseFrame('P["r","e",[["sold",0,1,1000,{"__proto__":{"admin":true}}]]]');
    const [publication] = frame.type === 'publications' ? frame.publications : [];
    expect(Object.getPrototypeOf(publication?.payload)).toBe(Object.prototype);
    expect(publication?.payload).not.toHaveProperty('admin');
  });
});

describe('a welcome frame', () => {
  it('is read back as it was sent', () => {
    expect(parseFrame(encodeFrame(welcome))).toEqual(welcome);
    const guest = { ...welcome, user: null, tokenExpiresInMs: null, rooms: [] };
    expect(parseFrame(encodeFrame(guest))).toEqual(guest);
  });

  it('does not repeat its type inside its JSON', () => {
    expect(encodeFrame({ ...welcome, rooms: [] })).toBe(
      'W{"session":"c2Vzc2lvbg","user":"alice","tokenExpiresInMs":5000,"fingerprint":"0123456789abcdef","features":["deflate"],"rooms":[]}',
    );
  });

  it.each([
    ['no session', { session: undefined }],
    ['a session that is a number', { session: 7 }],
    ['no fingerprint', { fingerprint: undefined }],
    ['a user that is an object', { user: { id: 'alice' } }],
    ['no user field', { user: undefined }],
    ['an expiry that is text', { tokenExpiresInMs: '5000' }],
    ['an expiry in the past', { tokenExpiresInMs: -1 }],
    ['features that are no list', { features: 'deflate' }],
    ['a feature that is no name', { features: [7] }],
    ['no expiry field', { tokenExpiresInMs: undefined }],
    ['no rooms', { rooms: undefined }],
    ['rooms that are no list', { rooms: { length: 0 } }],
    ['a room that is no result', { rooms: [...welcome.rooms, { room: 'user-1' }] }],
  ])('is refused with %s', (_, fields) => {
    expect(() => parseFrame(encodeFrame({ ...welcome, ...fields } as never))).toThrow(invalid);
  });

  it('may come from a server without features', () => {
    const { features: _, ...fields } = welcome;
    expect(parseFrame(encodeFrame(fields as never))).toEqual({ ...welcome, features: [] });
  });

  it('is refused with an infinite expiry', () => {
    const text = encodeFrame(welcome).replace('5000', '1e999');
    expect(() => parseFrame(text)).toThrow(invalid);
  });
});

describe('a room frame', () => {
  it('is read back as it was sent', () => {
    const gap: RoomFrame = {
      type: 'room',
      result: { room: 'event-42', status: 'gap', position, reason: 'overflow', missed: 4 },
    };
    expect(parseFrame(encodeFrame(refusal))).toEqual(refusal);
    expect(parseFrame(encodeFrame(gap))).toEqual(gap);
    expect(encodeFrame(refusal)).toBe(
      'R{"result":{"room":"event-42","status":"refused","error":{"code":"FORBIDDEN","message":"No."}}}',
    );
  });

  it.each(['R{}', 'R[]', 'Rnull', 'R{"result":null}', 'R{"result":{"room":"event-42"}}'])(
    'is refused as %s',
    (text) => {
      expect(() => parseFrame(text)).toThrow(invalid);
    },
  );
});

describe('a token frame', () => {
  it('tells how long the server waits for another token', () => {
    expect(encodeFrame({ type: 'token', graceMs: 25_000 })).toBe('T{"graceMs":25000}');
    expect(parseFrame('T{"graceMs":25000}')).toEqual({ type: 'token', graceMs: 25_000 });
  });

  it.each(['T', 'Tnull', 'T{}', 'T{"graceMs":-1}', 'T{"graceMs":"1"}', 'T{"graceMs":1e999}'])(
    'is refused as %s',
    (text) => {
      expect(() => parseFrame(text)).toThrow(invalid);
    },
  );
});

describe('a close frame', () => {
  const error = { code: 'TOKEN_EXPIRED', message: 'Over.' };

  it('is read back as it was sent', () => {
    for (const rest of [{}, { retryAfterMs: 1_500 }]) {
      const frame = { type: 'close' as const, error, ...rest };
      expect(parseFrame(encodeFrame(frame))).toEqual(frame);
    }
  });

  it('may have a code that this version does not know', () => {
    const text = 'C{"error":{"code":"FROM_THE_FUTURE","message":"?"},"retryAfterMs":-1}';
    expect(parseFrame(text)).toEqual({
      type: 'close',
      error: { code: 'FROM_THE_FUTURE', message: '?' },
    });
  });

  it.each(['C', 'Cnull', 'C{}', 'C{"error":null}', 'C{"error":{"code":7,"message":""}}'])(
    'is refused as %s',
    (text) => {
      expect(() => parseFrame(text)).toThrow(invalid);
    },
  );
});

describe('parseFrame', () => {
  it.each(['', 'P', 'W', 'P{', 'Pnull', 'W[]', 'W1', 'P[]', 'P["r"]', 'P["r","e",{"length":0}]'])(
    'refuses %j',
    (text) => {
      expect(() => parseFrame(text)).toThrow(invalid);
    },
  );

  it.each(['P[7,"e",[]]', 'P["r",null,[]]', 'P["r","e",[null]]', 'P["r","e",[{}]]'])(
    'refuses %s',
    (text) => {
      expect(() => parseFrame(text)).toThrow(invalid);
    },
  );

  it.each(['X{}', 'p["r","e",[]]', '2["sold",{}]', '__proto__{}'])(
    'refuses the unknown kind of frame %s',
    (text) => {
      expect(() => parseFrame(text)).toThrow(invalid);
    },
  );

  it('quotes only the beginning of what it refuses', () => {
    expect(() => parseFrame(`P${'x'.repeat(5_000_000)}`)).toThrow(
      expect.objectContaining({ message: `Not a frame: P${'x'.repeat(39)}` }),
    );
  });

  it('survives frames of any depth', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(parseFrame(`P["r","e",[["sold",0,1,1000,${deep}]]]`)).toMatchObject({ room: 'r' });
    for (const letter of 'PWR') expect(() => parseFrame(letter + deep)).toThrow(invalid);
    expect(() => parseFrame(`P["r","e",${deep}]`)).toThrow(invalid);
    expect(() => parseFrame('P['.repeat(500_000))).toThrow(invalid);
  });

  it('throws nothing but INVALID_FRAME for arbitrary text and JSON', () => {
    const good = [encodeFrame(welcome), encodeFrame(refusal), encodePublications([sold])];
    const odd = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>('length', '__proto__', 0, 1, 1e308, {
        toString: null,
        valueOf: null,
      }),
    );
    const tuple = fc.tuple(fc.oneof(fc.string(), odd), odd, odd, odd, odd, odd);
    const text = fc.oneof(
      fc.string(),
      fc.tuple(fc.constantFrom(...'PWRX'), fc.json()).map((parts) => parts.join('')),
      fc.array(tuple).map((tuples) => `P${JSON.stringify(['event-42', 'abc', tuples])}`),
      fc
        .tuple(fc.constantFrom(...good), fc.nat(200), fc.string({ maxLength: 3 }))
        .map(([frame, at, noise]) => frame.slice(0, at) + noise + frame.slice(at + noise.length)),
    );
    fc.assert(
      fc.property(text, (input) => {
        try {
          expect(parseFrame(input).type).toMatch(/^(welcome|publications|room)$/);
        } catch (error) {
          if (!isRoomcastError(error, 'INVALID_FRAME')) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
