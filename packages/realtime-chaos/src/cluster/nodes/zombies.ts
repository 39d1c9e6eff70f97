/** How long connections live on after their user has come back over another one. */
export class Zombies {
  readonly #open = new Map<string, Map<string, number | null>>();
  readonly #ages: number[] = [];

  opened(userId: string, connection: string): void {
    const connections = this.#open.get(userId) ?? new Map<string, number | null>();
    for (const [older, since] of connections) connections.set(older, since ?? performance.now());
    this.#open.set(userId, connections.set(connection, null));
  }

  closed(userId: string, connection: string): void {
    const connections = this.#open.get(userId);
    const since = connections?.get(connection);
    connections?.delete(connection);
    if (since) this.#ages.push(performance.now() - since);
  }

  /** Of those that are gone, and of those that are still there, in milliseconds. */
  agesMs(): readonly number[] {
    const living = [...this.#open.values()].flatMap((connections) => [...connections.values()]);
    const now = performance.now();
    return [...this.#ages, ...living.flatMap((since) => (since === null ? [] : [now - since]))];
  }
}
