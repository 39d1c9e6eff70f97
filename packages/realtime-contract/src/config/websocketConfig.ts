import { parseTemplate } from '../contract/roomTemplate.ts';
import { eventRooms } from '../event-contract/rooms.ts';
import {
  type ClientConfig,
  type Environment,
  parseConfig,
  type ServerConfig,
} from './parseConfig.ts';

declare const process: { readonly env: Environment };

/**
 * The environment as far as it can be seen from here. A browser has no `process`, but bundlers
 * replace the whole text `process.env.NEXT_PUBLIC_…`; so these names stand as literals, each guarded.
 */
function visibleEnvironment(): Environment {
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

const eventTemplate = parseTemplate(eventRooms.event.template);
const userTemplate = parseTemplate(eventRooms.user.template);

/** Settings and room names of the ticketing contract in one object, read from the environment. */
export interface WebsocketConfig {
  readonly server: ServerConfig;
  readonly client: ClientConfig;
  readonly rooms: {
    event(eventId: string): string;
    user(userId: string): string;
    readonly global: string;
  };
}

/**
 * The environment's settings, read when they are first asked for, so that importing never throws.
 *
 * @throws InvalidConfigError on access, naming each variable that cannot be used
 */
export const websocketConfig: WebsocketConfig = {
  get server() {
    return parseConfig(visibleEnvironment()).server;
  },
  get client() {
    return parseConfig(visibleEnvironment()).client;
  },
  rooms: {
    event: (eventId) => eventTemplate.format({ eventId }),
    user: (userId) => userTemplate.format({ userId }),
    global: eventRooms.global.template,
  },
};
