import type { Purchase } from '../marketplace/buyTicket.ts';
import type { Transfer } from '../marketplace/transferTicket.ts';

/**
 * Tells everybody concerned what was done. It is called after the commit, when nothing can be
 * taken back, so its promises never reject: a failure is reported and the pages catch up by themselves.
 */
export interface Announcer {
  purchased(purchase: Purchase): Promise<void>;
  transferred(transfer: Transfer): Promise<void>;
}
