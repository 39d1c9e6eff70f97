import { RoomcastError } from '@roomcast/realtime-contract';

/** How deep and how wide data may be. */
export interface ShapeLimits {
  readonly maxDepth: number;
  readonly maxKeys: number;
}

/**
 * Looks through data before anything else does: whatever walks it by calling itself, such as a schema
 * or `JSON.stringify`, would run out of stack.
 *
 * @throws RoomcastError `INVALID_PAYLOAD` where it is nested deeper, or has more keys and items
 */
export function assertShape(values: readonly unknown[], { maxDepth, maxKeys }: ShapeLimits): void {
  let level = values;
  let keys = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue;
      if (depth >= maxDepth) throw invalid(`is nested deeper than ${maxDepth} levels`);
      const held = Array.isArray(value) ? value : Object.values(value);
      keys += held.length;
      if (keys > maxKeys) throw invalid(`has more than ${maxKeys} keys and items`);
      for (const one of held) if (typeof one === 'object') next.push(one);
    }
    level = next;
  }
}

function invalid(what: string): RoomcastError {
  return new RoomcastError('INVALID_PAYLOAD', `What was sent ${what}.`);
}
