/** Which bytes a fault is for: those of the client, those of the server, or all. */
export type Direction = 'toServer' | 'toClient' | 'both';

/** One of the two ways through a connection. */
export type OneWay = Exclude<Direction, 'both'>;

export const oneWays: readonly OneWay[] = ['toServer', 'toClient'];
