import type { Publication } from '@roomcast/realtime-contract';
import { type Mock, vi } from 'vitest';
import type { Dialect } from '../dialects/dialect.ts';
import type { DialectName } from '../session/session.ts';

/** A dialect that can be read, such as `framed: one two`, and that does nothing but write. */
interface FakeDialect extends Dialect {
  readonly encode: Mock<Dialect['encode']>;
  readonly start: Mock<Dialect['start']>;
  readonly tellRoom: Mock<Dialect['tellRoom']>;
  readonly tellExpired: Mock<Dialect['tellExpired']>;
  readonly encodeEnd: Mock<Dialect['encodeEnd']>;
  readonly handle: Mock<Dialect['handle']>;
}

export type FakeDialects = Readonly<Record<DialectName, FakeDialect>>;

/** What the other dialects leave to the actions is a name without a colon. */
function createFakeDialect(name: DialectName): FakeDialect {
  const text = (publications: readonly Publication[]) =>
    publications.map(({ payload }) => payload).join(' ');
  return {
    encode: vi.fn<Dialect['encode']>((publications) => [`${name}: ${text(publications)}`]),
    start: vi.fn<Dialect['start']>(async () => {}),
    tellRoom: vi.fn<Dialect['tellRoom']>(),
    tellExpired: vi.fn<Dialect['tellExpired']>(),
    encodeEnd: vi.fn<Dialect['encodeEnd']>(({ code }) => [`${name}: ${code}`]),
    handles: (request) => request.includes(':'),
    handlesExpired: (request) => request === 'roomcast:authenticate',
    handle: vi.fn<Dialect['handle']>(async () => null),
  };
}

export function createFakeDialects(): FakeDialects {
  return {
    plain: createFakeDialect('plain'),
    'plain-compressed': createFakeDialect('plain-compressed'),
    framed: createFakeDialect('framed'),
  };
}
