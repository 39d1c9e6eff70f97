import type { ClusterState } from '../../shared/controlContract.ts';

const kept = 8;

/** The last things that happened to processes. */
export class Happenings {
  #list: ClusterState['happenings'] = [];
  #count = 0;

  add(text: string): void {
    this.#count += 1;
    const happening = { id: this.#count, at: new Date().toISOString(), text };
    this.#list = [happening, ...this.#list].slice(0, kept);
  }

  /** The newest first. */
  list(): ClusterState['happenings'] {
    return this.#list;
  }
}
