import type { RedisClient } from '../connection/redisClient.ts';
import { Attempts } from '../masters/attempts.ts';
import type { LinkSettings } from '../masters/linkSettings.ts';
import type { Masters } from '../masters/masters.ts';
import { openMasters } from '../masters/openMasters.ts';
import { LinkProbe } from './linkProbe.ts';
import { NewsChannels } from './newsChannels.ts';

/** A process's way to Redis: connections for commands and for news, all probed. */
export interface RedisLink {
  readonly masters: Masters;
  readonly channels: NewsChannels;
  readonly isUp: boolean;
  /**
   * Does what may be done twice, where a key is; see {@link Attempts.use}.
   *
   * @throws RoomcastError `CONNECTION_FAILED`
   */
  use<Value>(key: string, task: (client: RedisClient) => Promise<Value>): Promise<Value>;
  /** @throws RoomcastError `CONNECTION_FAILED` where there is no connection in time */
  ready(): Promise<void>;
  /** Begins to connect, once everybody has said what is to be done when that has succeeded. */
  start(): void;
  close(): void;
}

export function createLink(settings: LinkSettings): RedisLink {
  const { clock, keyPrefix } = settings;
  const masters = openMasters(settings, {
    onNews: (...heard) => channels.hear(...heard),
    onMoved: (...moved) => channels.moved(...moved),
    watch: (master) =>
      new LinkProbe({
        ...{ commands: master.commands, news: master.news, channels, clock, keyPrefix },
        holds: (channel) => masters.of(channel) === master,
        intervalMs: settings.probeIntervalMs,
        timeoutMs: settings.probeTimeoutMs,
      }).start(),
  });
  const attempts = new Attempts({ ...settings, masters });
  const channels = new NewsChannels({ ...settings, masters, attempts });
  const isUp = () => masters.all.length > 0 && masters.all.every((master) => master.isUp);
  return {
    ...{ masters, channels },
    get isUp() {
      return isUp();
    },
    use: (key, task) => attempts.use(key, task),
    ready: () => attempts.until(isUp),
    start: () => masters.start(),
    close: () => masters.close(),
  };
}
