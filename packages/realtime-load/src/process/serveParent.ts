import { createBirpc } from 'birpc';

/** Offers functions to the process that started this one, until that ends. */
export function serveParent(functions: object): void {
  // Without a parent nobody would end this process.
  process.once('disconnect', () => process.exit());
  // A terminal interrupts all its processes; what that means is for the command to say.
  process.on('SIGINT', () => {});
  createBirpc(functions, {
    post: (message) => process.send?.(message),
    on: (listener) => process.on('message', listener),
  });
  process.send?.('ready');
}
