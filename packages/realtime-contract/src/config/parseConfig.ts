import {
  type ClientConfig,
  type ClientVariables,
  readClientConfig,
  readClientVariables,
} from './clientConfig.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { readServerConfig, type ServerConfig } from './serverConfig.ts';

export interface EnvironmentConfig {
  readonly server: ServerConfig;
  readonly client: ClientConfig;
}

/**
 * Reads the environment variables of Roomcast. Every variable may be left out.
 *
 * @throws InvalidConfigError naming each variable that has a value which cannot be used
 */
export function parseConfig(env: Environment): EnvironmentConfig {
  return readEnvironment(env, (reader) => ({
    server: readServerConfig(reader),
    client: readClientConfig(reader),
  }));
}

/**
 * Reads the variables of a client alone, so that a browser does not carry the server's.
 *
 * @throws InvalidConfigError naming each variable that has a value which cannot be used
 */
export function parseClientVariables(env: Environment): ClientVariables {
  return readEnvironment(env, readClientVariables);
}
