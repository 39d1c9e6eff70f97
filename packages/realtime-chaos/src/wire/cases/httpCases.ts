import { httpRequest, type RawRequest, upgradeHeaders, upgradeRequest } from '../httpBytes.ts';
import { casesOf, type RawBytes, type WireCase } from '../wireCase.ts';

const get = (request: RawRequest): RawBytes => ({ bytes: httpRequest(request) });
const upgrade = (request: RawRequest): RawBytes => ({ bytes: upgradeRequest(request) });
const bytes = (text: string): RawBytes => ({ bytes: Buffer.from(text) });
const without = (name: string) => upgradeHeaders.filter((line) => !line.startsWith(`${name}:`));
const close = 'Connection: close';

const transports = [
  ...['', 'flashsocket', 'webtransport', '__proto__', 'constructor', 'toString', 'POLLING'],
  ...['polling,websocket', '%00', 'x'.repeat(2_000)],
];
const protocols = ['', '0', '2', '3', '5', '04', '4.0', '-4', 'four', '__proto__'];
const sessions = ['x', '__proto__', 'constructor', '%00', '..%2F', 'x'.repeat(2_000)];

const inCode = (text: string) => (text ? `\`${text.slice(0, 20)}\`` : 'without a name');

/** Requests that open nothing. */
export const httpCases: readonly WireCase[] = [
  ...casesOf('http', [
    ...transports.map(
      (name) =>
        [
          `transport ${inCode(name)}`,
          get({ query: `EIO=4&transport=${name}` }),
          'status 400',
        ] as const,
    ),
    ['no query', get({ query: '' }), 'status 400'],
    [
      'the transport twice',
      get({ query: 'EIO=4&transport=polling&transport=polling' }),
      'status 200',
    ],
    ['a transport in brackets', get({ query: 'EIO=4&transport[a]=polling' }), 'status 400'],
    ['WebSocket without an upgrade', get({ query: 'EIO=4&transport=websocket' }), 'status 400'],
    ...protocols.map(
      (version) =>
        [
          `engine protocol ${inCode(version)}`,
          get({ query: `EIO=${version}&transport=polling` }),
          'status 400',
        ] as const,
    ),
    ...sessions.map(
      (sid) =>
        [
          `session ${inCode(sid)}`,
          get({ query: `EIO=4&transport=polling&sid=${sid}` }),
          'status 400',
        ] as const,
    ),
    ['a POST without a session', get({ method: 'POST', body: '4' }), 'status 400'],
    [
      'a POST to a session of nobody',
      get({ method: 'POST', body: '4', query: 'EIO=4&transport=polling&sid=x' }),
      'status 400',
    ],
    ...['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'].map(
      (method) => [`the method ${method}`, get({ method }), 'status 400'] as const,
    ),
    ['the method HEAD', get({ method: 'HEAD' }), 'status 400'],
    [
      'a preflight of CORS from anywhere',
      get({ method: 'OPTIONS', headers: ['Origin: https://evil.example', close] }),
      'status 204',
    ],
    ['another origin', get({ headers: ['Origin: https://evil.example', close] }), 'status 403'],
    ['the origin `null`', get({ headers: ['Origin: null', close] }), 'status 403'],
    ['an origin that is no URL', get({ headers: ['Origin: ://', close] }), 'status 403'],
    ['another path', get({ path: '/other/' }), 'status 404'],
    ['a path that only begins like ours', get({ path: '/socket.iox/' }), 'status 404'],
    ['a path with dots', get({ path: '/socket.io/../../etc/passwd' }), 'status 200'],
    [
      'a header of 20,000 bytes',
      get({ headers: [`X: ${'x'.repeat(20_000)}`, close] }),
      'status 431',
    ],
    ['a query of 20,000 bytes', get({ query: 'x'.repeat(20_000) }), 'status 431'],
    [
      '3,000 headers',
      get({ headers: [close, ...Array.from({ length: 3_000 }, (_, at) => `a${at}:`)] }),
      'status 431',
    ],
    ['a request line without a version', bytes('GET /socket.io/\r\n\r\n'), 'status 400'],
    ['HTTP/9.9', bytes('GET / HTTP/9.9\r\n\r\n'), 'status 400'],
    ['no host', bytes('GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n\r\n'), 'status 400'],
    ['NUL in a header', bytes('GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n'), 'status 400'],
    [
      'two lengths',
      get({ method: 'POST', headers: ['Content-Length: 1', 'Content-Length: 2'], body: '4' }),
      'status 400',
    ],
    [
      'a length and chunks',
      get({
        method: 'POST',
        headers: ['Content-Length: 1', 'Transfer-Encoding: chunked'],
        body: '4',
      }),
      'status 400',
    ],
    [
      'a negative length',
      get({ method: 'POST', headers: ['Content-Length: -1'], body: '4' }),
      'status 400',
    ],
    ['no http at all', bytes('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'), 'status 400'],
    ['a PRI of HTTP/2', bytes('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 'status 400'],
  ]),
  ...casesOf('upgrade', [
    [
      'without a key',
      {
        bytes: httpRequest({
          query: 'EIO=4&transport=websocket',
          headers: without('Sec-WebSocket-Key'),
        }),
      },
      'status 400',
    ],
    [
      'with a key that is too short',
      {
        bytes: httpRequest({
          query: 'EIO=4&transport=websocket',
          headers: [...without('Sec-WebSocket-Key'), 'Sec-WebSocket-Key: x'],
        }),
      },
      'status 400',
    ],
    [
      'without a version',
      {
        bytes: httpRequest({
          query: 'EIO=4&transport=websocket',
          headers: without('Sec-WebSocket-Version'),
        }),
      },
      'status 400',
    ],
    [
      'with version 99',
      {
        bytes: httpRequest({
          query: 'EIO=4&transport=websocket',
          headers: [...without('Sec-WebSocket-Version'), 'Sec-WebSocket-Version: 99'],
        }),
      },
      'status 400',
    ],
    [
      'to something else',
      {
        bytes: httpRequest({
          query: 'EIO=4&transport=websocket',
          headers: ['Connection: Upgrade', 'Upgrade: h2c'],
        }),
      },
      'status 400',
    ],
    ['with POST', upgrade({ method: 'POST' }), 'status 400'],
    ['with a body', upgrade({ body: 'x' }), 'answered'],
    ['to another path', upgrade({ path: '/other/' }), 'closed'],
    [
      'with the session of nobody',
      upgrade({ query: 'EIO=4&transport=websocket&sid=x' }),
      'status 400',
    ],
    [
      'with the session `__proto__`',
      upgrade({ query: 'EIO=4&transport=websocket&sid=__proto__' }),
      'status 400',
    ],
    ['of another origin', upgrade({ headers: ['Origin: https://evil.example'] }), 'status 403'],
    ['with engine protocol 3', upgrade({ query: 'EIO=3&transport=websocket' }), 'closed'],
    [
      'with a protocol of WebSocket',
      upgrade({ headers: ['Sec-WebSocket-Protocol: chat'] }),
      'answered',
    ],
    [
      'with a protocol that is no token',
      upgrade({ headers: ['Sec-WebSocket-Protocol: a b'] }),
      'status 400',
    ],
    ['with a protocol twice', upgrade({ headers: ['Sec-WebSocket-Protocol: a, a'] }), 'status 400'],
  ]),
];
