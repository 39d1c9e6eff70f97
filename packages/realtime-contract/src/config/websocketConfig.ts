import { parseTemplate } from '../contract/roomTemplate.ts';
import { eventRooms } from '../event-contract/rooms.ts';
import type { ClientConfig } from './clientConfig.ts';
import { parseConfig } from './parseConfig.ts';
import type { ServerConfig } from './serverConfig.ts';
import { visibleEnvironment } from './visibleEnvironment.ts';

const eventTemplate = /* @__PURE__ */ parseTemplate(eventRooms.event.template);
const userTemplate = /* @__PURE__ */ parseTemplate(eventRooms.user.template);

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
