import type { Environment } from './environment.ts';

declare const process: { readonly env: Environment };

/**
 * The environment as far as it can be seen from here. A browser has no `process`, but bundlers
 * replace the whole text `process.env.NEXT_PUBLIC_…`; so these names stand as literals, each guarded.
 */
export function visibleEnvironment(): Environment {
  return {
    ...read(() => process.env),
    NEXT_PUBLIC_WS_URL: read(() => process.env.NEXT_PUBLIC_WS_URL),
    NEXT_PUBLIC_APP_URL: read(() => process.env.NEXT_PUBLIC_APP_URL),
  };
}

function read<Value>(from: () => Value): Value | undefined {
  try {
    return from();
  } catch {
    return undefined;
  }
}
