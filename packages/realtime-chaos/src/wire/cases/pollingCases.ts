import { type RawResponse, upgradeHeaders } from '../httpBytes.ts';
import type { PollingSession } from '../pollingSession.ts';
import { casesOf, type WireCase } from '../wireCase.ts';

const poll = (session: PollingSession) => session.request();
const ping = '427["ping"]';
const separator = '\x1e';

const webSocketOf = ({ sid }: PollingSession) => `EIO=4&transport=websocket&sid=${sid}`;

/** Two requests at once, of which the second one is one too many. */
const twice =
  (request: (session: PollingSession) => Promise<RawResponse>) =>
  async (session: PollingSession) => {
    const both = await Promise.all([request(session), request(session)]);
    return { status: Math.max(...both.map(({ status }) => status ?? 0)), isClosed: true };
  };

/** Sessions that poll, and do not keep to it. */
export const pollingCases: readonly WireCase[] = [
  ...casesOf('poll', [
    ['two polls at once', twice(poll), 'status 400'],
    [
      'binary content',
      (session) => session.post('4', ['Content-Type: application/octet-stream']),
      'status 400',
    ],
    ['content of 65,537 bytes', (session) => session.post('x'.repeat(65_537)), 'status 413'],
    [
      'content of 65,537 bytes in two-byte characters',
      (session) => session.post('\u00e9'.repeat(32_769)),
      'status 413',
    ],
    [
      'content as a form',
      (session) => session.post('d=4', ['Content-Type: application/x-www-form-urlencoded']),
      'status 200',
    ],
    [
      'content as JSON',
      (session) => session.post('{"a":1}', ['Content-Type: application/json']),
      'status 200',
    ],
    ['no content', (session) => session.post(''), 'status 200'],
    ['content that is no UTF-8', (session) => session.post(Buffer.from('ff', 'hex')), 'status 200'],
    [
      'content that is compressed',
      (session) => session.post(Buffer.from('1f8b08', 'hex'), ['Content-Encoding: gzip']),
      'status 200',
    ],
    ['the method OPTIONS', (session) => session.request({ method: 'OPTIONS' }), 'status 204'],
    ...['PUT', 'DELETE', 'PATCH'].map(
      (method) =>
        [
          `the method ${method}`,
          (session: PollingSession) => session.request({ method }),
          'status 500',
        ] as const,
    ),
    [
      'another engine protocol',
      (session) => session.request({ query: `EIO=3&transport=polling&sid=${session.sid}` }),
      'status 400',
    ],
    [
      'no engine protocol',
      (session) => session.request({ query: `transport=polling&sid=${session.sid}` }),
      'status 400',
    ],
    [
      'WebSocket without an upgrade',
      (session) => session.request({ query: `EIO=4&transport=websocket&sid=${session.sid}` }),
      'status 400',
    ],
    [
      'the session in capitals',
      (session) =>
        session.request({ query: `EIO=4&transport=polling&sid=${session.sid.toUpperCase()}X` }),
      'status 400',
    ],
    [
      'another origin',
      (session) =>
        session.request({ headers: ['Origin: https://evil.example', 'Connection: close'] }),
      'status 403',
    ],
    ['a poll behind a close', [(session) => session.post('1'), poll], 'status 400'],
    [
      'a post behind a close',
      [(session) => session.post('1'), (session) => session.post(ping)],
      'status 400',
    ],
  ]),
  ...casesOf('beside', [
    [
      'GET without an upgrade',
      (session) => session.request({ query: webSocketOf(session) }),
      'status 400',
    ],
    [
      'POST without an upgrade',
      (session) => session.request({ method: 'POST', body: ping, query: webSocketOf(session) }),
      'status 400',
    ],
    [
      'PUT without an upgrade',
      (session) => session.request({ method: 'PUT', query: webSocketOf(session) }),
      'status 400',
    ],
    ['a poll', poll, 'status 400'],
    ['a post', (session) => session.post(ping), 'status 400'],
    [
      'a second upgrade',
      (session) => session.request({ query: webSocketOf(session), headers: upgradeHeaders }),
      'status 101',
    ],
  ]),
  ...casesOf('post', [
    ['a request among empty packets', `${separator}${ping}`, 'closed'],
    ['a request and an end without a packet', `${ping}${separator}`, 'closed'],
    ['nothing but separators', separator.repeat(1_000), 'closed'],
    ['1,000 pongs', Array.from({ length: 1_000 }, () => '3').join(separator), 'ignored'],
    ['a binary packet that nobody has announced', 'bAAAA', 'closed'],
    ['a binary packet that is no base64', 'b!!!!', 'closed'],
    [
      'an announced binary packet',
      `451-7["echo",{"_placeholder":true,"num":0}]${separator}bAAAA`,
      'answered',
    ],
    [
      'an announced binary packet, split between two posts',
      ['451-7["echo",{"_placeholder":true,"num":0}]', 'bAAAA'],
      'answered',
    ],
    ['a ping of the client', '2', 'closed'],
    ['a packet type that is none', 'x', 'closed'],
    ['a length in front, as in engine protocol 3', '11:427["ping"]', 'closed'],
    ['a close', '1', 'closed'],
    ['a packet behind a close', `1${separator}${ping}`, 'closed'],
    ['a second CONNECT', '40{}', 'closed'],
    ['an input that is none', '427["book",{"seat":1}]', 'refused INVALID_PAYLOAD'],
    ['an event named `__proto__`', '427["__proto__"]', 'refused UNKNOWN_EVENT'],
    [
      '5,000 lists as an input',
      `427["book",${'['.repeat(5_000)}${']'.repeat(5_000)}]`,
      'refused INVALID_PAYLOAD',
    ],
    ['two requests in one post', `${ping}${separator}${ping}`, 'answered'],
  ]),
];
