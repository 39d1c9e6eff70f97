import { join } from 'node:path';
import { build } from 'vite';

// The page first: it is small, and an old one would be worse than a second of waiting.
await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });
await import('./server/main.ts');
