import { httpRequest, upgradeHeaders, upgradeRequest } from '../httpBytes.ts';
import { closeFrame, webSocketFrame } from '../webSocketBytes.ts';
import { casesOf, type WireCase } from '../wireCase.ts';

const binary = Buffer.from('bytes');
const upgradeQuery = 'EIO=4&transport=websocket';
const manyHeaders = Array.from({ length: 1_500 }, (_, at) => `h${at}:`);
const extension = (value: string) => ({
  bytes: upgradeRequest({ headers: [`Sec-WebSocket-Extensions: ${value}`] }),
});

/** What was published of the libraries below, tried on the server above them. */
export const advisoryCases: readonly WireCase[] = [
  ...casesOf('bytes', [
    [
      'CVE-2022-21676: reserved bits right behind the upgrade',
      { bytes: webSocketFrame('x', { rsv: 3 }) },
      'closed',
    ],
    [
      'CVE-2016-10542: a length far beyond the limit',
      { bytes: webSocketFrame('', { length: 2n ** 40n }) },
      'closed',
    ],
    [
      'CVE-2026-45736: a close with a number for its reason',
      { bytes: closeFrame(1000, '123') },
      'closed',
    ],
  ]),
  ...casesOf('upgrade', [
    [
      'CVE-2022-41940: an upgrade to no transport',
      { bytes: upgradeRequest({ query: 'EIO=4&transport=x' }) },
      'status 400',
    ],
    [
      'CVE-2023-31125: an upgrade to polling',
      { bytes: upgradeRequest({ query: 'EIO=4&transport=polling' }) },
      'closed',
    ],
    [
      'CVE-2023-31125: an upgrade to webtransport',
      { bytes: upgradeRequest({ query: 'EIO=4&transport=webtransport' }) },
      'status 400',
    ],
    [
      'CVE-2023-31125: an upgrade to `__proto__`',
      { bytes: upgradeRequest({ query: 'EIO=4&transport=__proto__' }) },
      'status 400',
    ],
    [
      'CVE-2023-31125: an upgrade to `constructor`',
      { bytes: upgradeRequest({ query: 'EIO=4&transport=constructor' }) },
      'status 400',
    ],
    [
      'CVE-2024-37890: an upgrade behind 1,500 headers',
      { bytes: httpRequest({ query: upgradeQuery, headers: [...manyHeaders, ...upgradeHeaders] }) },
      'status 431',
    ],
    [
      'CVE-2021-32640: 10,000 spaces in a protocol',
      { bytes: upgradeRequest({ headers: [`Sec-WebSocket-Protocol: b${' '.repeat(10_000)}x`] }) },
      'status 400',
    ],
    ['GHSA-5v72-xg48-5rpm: the extension `constructor`', extension('constructor'), 'answered'],
    ['GHSA-5v72-xg48-5rpm: the extension `__proto__`', extension('__proto__'), 'answered'],
    [
      'GHSA-5v72-xg48-5rpm: the parameter `__proto__`',
      extension('permessage-deflate; __proto__'),
      'answered',
    ],
    [
      'CVE-2026-102599: an upgrade without a protocol',
      { bytes: upgradeRequest({ query: 'transport=websocket' }) },
      'closed',
    ],
  ]),
  ...casesOf('poll', [
    [
      'CVE-2020-36048: content beyond the limit',
      (session) => session.post('4'.repeat(1_000_000)),
      'status 413',
    ],
    [
      'CVE-2026-59725: binary content',
      (session) => session.post(binary, ['Content-Type: application/octet-stream']),
      'status 400',
    ],
    [
      'CVE-2026-102599: an upgrade in another protocol',
      (session) =>
        session.request({
          query: `EIO=3&transport=websocket&sid=${session.sid}`,
          headers: upgradeHeaders,
        }),
      'status 400',
    ],
    [
      'CVE-2026-102599: an upgrade that leaves the protocol out',
      (session) =>
        session.request({
          query: `transport=websocket&sid=${session.sid}`,
          headers: upgradeHeaders,
        }),
      'status 400',
    ],
  ]),
  ...casesOf('plain', [
    ['CVE-2020-36049: a packet that grows while it is read', `42["${'x'.repeat(60_000)}`, 'closed'],
    [
      'CVE-2022-2421: a placeholder named `splice`',
      ['451-["echo",{"_placeholder":true,"num":"splice"}]', binary],
      'closed',
    ],
    ['CVE-2023-32695: a name that is an object with `toString`', '42[{"toString":"x"}]', 'closed'],
    [
      'CVE-2023-32695: the same in a binary event',
      ['451-[{"_placeholder":true,"num":0}]', binary],
      'closed',
    ],
    [
      'CVE-2024-38355: an event named `error`',
      '427["error",{"message":"x"}]',
      'refused UNKNOWN_EVENT',
    ],
    ['CVE-2026-33151: 4,294,967,295 attachments', '454294967295-["echo"]', 'closed'],
    ['CVE-2026-69185: a binary event without attachments', '450-["echo"]', 'closed'],
    ['CVE-2026-69185: a binary acknowledgement without attachments', '460-7["echo"]', 'closed'],
  ]),
];
