/**
 * What one client says, message by message, until it is where it wants to be. A dialogue speaks
 * the messages of a WebSocket, so that what a client library costs does not hide what the server
 * costs.
 */
export interface Dialogue {
  /** What the client says before it has heard anything. @default it waits for the server's word */
  readonly opening?: string;
  /**
   * @param message - what the server said, with engine.io the first time its greeting `0{…}`
   * @returns what to say to it, or null once the client is there; from then on it only listens
   * @throws where the server said what it should not have
   */
  hear(message: string): readonly string[] | null;
}
