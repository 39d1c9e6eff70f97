import { describe, expect, it } from 'vitest';
import { type Logger, silentLogger } from './logger.ts';

describe('silentLogger', () => {
  it.each(['debug', 'info', 'warn', 'error'] satisfies (keyof Logger)[])(
    'takes a line at level %s and writes nothing',
    (level) => {
      expect(silentLogger[level]({ room: 'event-42' }, 'joined')).toBeUndefined();
    },
  );
});
