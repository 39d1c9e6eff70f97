import { RoomcastError } from '@roomcast/realtime-contract';
import { AddressRanges } from './addressRanges.ts';
import type { LimitSettings } from './limitOptions.ts';

/** The longest time that a timer of the platform can hold: 2^31 − 1 ms, 24.8 days. */
const maxMs = 2_147_483_647;

const times = ['anonymousTimeoutMs', 'headersTimeoutMs', 'requestTimeoutMs'] as const;

const amounts = [
  ...(['maxConnectionsPerAddress', 'maxConnectionsPerUser', 'handshakesPerSecond'] as const),
  ...(['messagesPerSecond', 'bytesPerSecond'] as const),
  ...(['messagesPerSecondOfUser', 'bytesPerSecondOfUser'] as const),
  ...(['burstSeconds', 'maxDepth', 'maxKeys'] as const),
];

/** @throws RoomcastError `INVALID_CONFIG` */
export function assertLimits(limits: LimitSettings): void {
  for (const name of times) {
    const value = limits[name];
    if (!(value > 0 && value <= maxMs)) throw invalid(name, `from 1 to ${maxMs}`, value);
  }
  for (const name of amounts) {
    if (!(limits[name] > 0)) throw invalid(name, 'a positive number', limits[name]);
  }
  for (const [name, cost] of Object.entries(limits.costs)) {
    if (!(cost >= 1)) throw invalid(`costs.${name}`, 'a number from 1', cost);
  }
  for (const name of ['trustedProxies', 'unlimitedAddresses'] as const) {
    for (const range of limits[name]) {
      if (!isRange(range))
        throw invalid(name, 'addresses such as "10.0.0.0/8" or "loopback"', range);
    }
  }
  const { forwardedHeader } = limits;
  if (forwardedHeader !== 'x-forwarded-for' && forwardedHeader !== 'forwarded') {
    throw invalid('forwardedHeader', '"x-forwarded-for" or "forwarded"', forwardedHeader);
  }
}

function isRange(text: string): boolean {
  try {
    return new AddressRanges([text]) !== null;
  } catch {
    return false;
  }
}

function invalid(name: string, expected: string, actual: unknown): RoomcastError {
  return new RoomcastError(
    'INVALID_CONFIG',
    `Expected \`limits.${name}\` to be ${expected}, got \`${String(actual)}\`.`,
  );
}
