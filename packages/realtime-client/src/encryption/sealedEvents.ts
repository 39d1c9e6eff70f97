import type { AnyContract, FramedPublication, ReportError } from '@roomcast/realtime-contract';
import type { OpenedPublication, Opening, RoomNews, SealedLog } from './eventOpener.ts';
import { OpeningError } from './openingError.ts';
import type { OpeningKeys } from './openingKeys.ts';
import { isSealed, openPublication } from './openPublication.ts';
import { RoomTurns } from './roomTurns.ts';

/** How many failures are remembered, so that one that comes again is not reported again. */
const maxReported = 1_000;

/** Opens what is sealed for one client, and keeps the order of its rooms meanwhile. */
export class SealedEvents implements Opening {
  readonly #contract: AnyContract;
  readonly #keys: OpeningKeys;
  readonly #report: ReportError;
  readonly #turns: RoomTurns;
  readonly #reported = new Set<string>();

  constructor(contract: AnyContract, keys: OpeningKeys, report: ReportError) {
    this.#contract = contract;
    this.#keys = keys;
    this.#report = report;
    this.#turns = new RoomTurns(report);
  }

  all(log: SealedLog): Promise<readonly OpenedPublication[]> {
    return Promise.all(log.publications.map((publication) => this.#open(log, publication)));
  }

  inTurn(
    { room, epoch = '', publications = [] }: RoomNews,
    act: (publications: readonly OpenedPublication[]) => void,
  ): void {
    const mustOpen = publications.some((one) => isSealed(this.#contract, one));
    if (!mustOpen && !this.#turns.has(room)) act(publications);
    else this.#turns.run(room, this.all({ room, epoch, publications }), act);
  }

  reset(isOther = false): void {
    this.#turns.clear();
    if (isOther) this.#keys.forget();
  }

  async #open(
    { room, epoch }: SealedLog,
    publication: FramedPublication,
  ): Promise<OpenedPublication> {
    if (!isSealed(this.#contract, publication)) return publication;
    const sealed = publication;
    try {
      const payload = await openPublication(this.#contract, this.#keys, room, publication);
      return { ...publication, payload, sealed };
    } catch (error) {
      if (!(error instanceof OpeningError)) throw error;
      this.#tell(error, `${epoch} ${publication.delivery}`);
      return { ...publication, payload: null, sealed, unreadable: error };
    }
  }

  /** Once, however often the log is read. What is `volatile` has no place in it, and comes once. */
  #tell(error: OpeningError, place: string): void {
    const { room, event, counter } = error;
    const name = JSON.stringify([room, place, counter]);
    if (counter > 0 && this.#reported.has(name)) return;
    this.#reported.add(name);
    const [oldest] = this.#reported;
    if (this.#reported.size > maxReported && oldest) this.#reported.delete(oldest);
    this.#report(error, `opening "${event}"`);
  }
}
