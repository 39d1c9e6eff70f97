export type { ClientConfig, ClientVariables } from './clientConfig.ts';
export type { Environment } from './environment.ts';
export { InvalidConfigError } from './invalidConfigError.ts';
export { type EnvironmentConfig, parseClientVariables, parseConfig } from './parseConfig.ts';
export type { ServerConfig } from './serverConfig.ts';
export type { TransportName } from './transportName.ts';
export { visibleEnvironment } from './visibleEnvironment.ts';
export { type WebsocketConfig, websocketConfig } from './websocketConfig.ts';
