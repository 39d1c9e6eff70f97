import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

// Lets Node run TSX, as a loader such as tsx does for its users.
registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.tsx')) return nextLoad(url, context);
    const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
      ...{ loader: 'tsx', jsx: 'automatic', target: 'node20' },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
