/** What asks the server to publish. */
export interface Publisher {
  /**
   * Asks for one publication. Calls of one room are sent in their order.
   *
   * @param input - what the template has become
   * @throws where the server does not say that it was published
   */
  publish(room: number, input: unknown): Promise<void>;
  close(): void;
}
