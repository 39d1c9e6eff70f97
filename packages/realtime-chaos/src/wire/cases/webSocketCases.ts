import { closeFrame, type FrameHead, webSocketFrame } from '../webSocketBytes.ts';
import { casesOf, type RawBytes, type WireCase } from '../wireCase.ts';

const frame = (payload: string | Buffer, head?: FrameHead): RawBytes => ({
  bytes: webSocketFrame(payload, head),
});
const hex = (text: string) => Buffer.from(text, 'hex');
const ping = '427["ping"]';

const reservedOpcodes = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];
const reservedBits = [1, 2, 3, 4, 5, 6, 7];
const badCloseCodes = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535];
const goodCloseCodes = [1000, 1001, 1011, 3000, 4999];
const controls = [
  ['ping', 9],
  ['pong', 10],
  ['close', 8],
] as const;
const notUtf8: readonly (readonly [string, string])[] = [
  ['a byte that only continues', '80'],
  ['a byte that is never used', 'ff'],
  ['an overlong slash', 'c0af'],
  ['half of a surrogate pair', 'eda080'],
  ['a character beyond the last one', 'f4908080'],
  ['a character cut short', 'e282'],
  ['a byte order mark cut short', 'efbb'],
];

/** What is wrong with the frames of a WebSocket, whatever is in them. */
export const webSocketCases: readonly WireCase[] = casesOf('bytes', [
  ...reservedOpcodes.map(
    (opcode) => [`reserved opcode ${opcode}`, frame('x', { opcode }), 'closed'] as const,
  ),
  ...reservedBits.map(
    (rsv) => [`reserved bits ${rsv} on a text`, frame(ping, { rsv }), 'closed'] as const,
  ),
  ...controls.flatMap(([name, opcode]) => [
    [`reserved bits on a ${name}`, frame('', { opcode, rsv: 4 }), 'closed'] as const,
    [`a ${name} in fragments`, frame('', { opcode, fin: false }), 'closed'] as const,
    [`a ${name} of 126 bytes`, frame('x'.repeat(126), { opcode }), 'closed'] as const,
    [`a ${name} without a mask`, frame('', { opcode, isMasked: false }), 'closed'] as const,
  ]),
  ['a ping', frame('x'.repeat(125), { opcode: 9 }), 'ignored'],
  ['a pong that nobody asked for', frame('x', { opcode: 10 }), 'ignored'],
  ['1,000 pings at once', Array.from({ length: 1_000 }, () => frame('', { opcode: 9 })), 'ignored'],
  ['a text without a mask', frame(ping, { isMasked: false }), 'closed'],
  ['an empty text', frame(''), 'closed'],
  ['an empty binary message', frame(Buffer.alloc(0)), 'closed'],
  ['a length with its highest bit set', frame('', { length: 2n ** 63n }), 'closed'],
  ['a length of 2^64 − 1', frame('', { length: 2n ** 64n - 1n }), 'closed'],
  ['a length of 2^53', frame('', { length: 2n ** 53n }), 'closed'],
  ['a length of 4 GiB', frame('', { length: 2n ** 32n }), 'closed'],
  ['a length written with more bytes than it needs', frame(ping, { lengthBytes: 8 }), 'answered'],
  ['a text of 65,537 bytes', frame(`42${'x'.repeat(65_535)}`), 'closed'],
  ['a binary message of 65,537 bytes', frame(Buffer.alloc(65_537)), 'closed'],
  [
    'fragments that are too large together',
    [
      frame('x'.repeat(40_000), { fin: false }),
      frame('x'.repeat(40_000), { opcode: 0, fin: false }),
    ],
    'closed',
  ],
  ['a fragment that continues nothing', frame('x', { opcode: 0 }), 'closed'],
  ['a text amid the fragments of another', [frame('4', { fin: false }), frame(ping)], 'closed'],
  [
    'a request in a thousand fragments of nothing',
    [
      frame('4', { fin: false }),
      ...Array.from({ length: 1_000 }, () => frame('', { opcode: 0, fin: false })),
      frame('27["ping"]', { opcode: 0 }),
    ],
    'answered',
  ],
  [
    'a ping amid the fragments of a request',
    [frame('427["p', { fin: false }), frame('', { opcode: 9 }), frame('ing"]', { opcode: 0 })],
    'answered',
  ],
  ...notUtf8.map(
    ([name, bytes]) =>
      [
        `a text that is no UTF-8: ${name}`,
        frame(Buffer.concat([Buffer.from('427["'), hex(bytes)]), { opcode: 1 }),
        'closed',
      ] as const,
  ),
  [
    'a character split between two fragments',
    [
      frame(Buffer.concat([Buffer.from('427["echo","'), hex('e282')]), { opcode: 1, fin: false }),
      frame(Buffer.concat([hex('ac'), Buffer.from('"]')]), { opcode: 0 }),
    ],
    'answered',
  ],
  ['a close of one byte', frame(Buffer.alloc(1), { opcode: 8 }), 'closed'],
  ['a close without a code', frame('', { opcode: 8 }), 'closed'],
  ['a close whose reason is no UTF-8', { bytes: closeFrame(1000, hex('ff')) }, 'closed'],
  ...badCloseCodes.map(
    (code) => [`a close with the code ${code}`, { bytes: closeFrame(code) }, 'closed'] as const,
  ),
  ...goodCloseCodes.map(
    (code) => [`a close with the code ${code}`, { bytes: closeFrame(code) }, 'closed'] as const,
  ),
  ['a frame behind a close', [{ bytes: closeFrame(1000) }, frame(ping)], 'closed'],
  ['a request of http', { bytes: Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n') }, 'closed'],
  ['nothing but zeros', { bytes: Buffer.alloc(64) }, 'closed'],
  ['nothing but ones', { bytes: Buffer.alloc(64, 0xff) }, 'closed'],
]);
