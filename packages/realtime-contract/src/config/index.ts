export { InvalidConfigError } from './invalidConfigError.ts';
export {
  type ClientConfig,
  type Environment,
  type EnvironmentConfig,
  parseConfig,
  type ServerConfig,
  type TransportName,
} from './parseConfig.ts';
export { type WebsocketConfig, websocketConfig } from './websocketConfig.ts';
