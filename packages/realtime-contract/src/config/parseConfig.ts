import { type ClientConfig, readClientConfig } from './clientConfig.ts';
import { type Environment, EnvironmentReader } from './environment.ts';
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
  const reader = new EnvironmentReader(env);
  const config = { server: readServerConfig(reader), client: readClientConfig(reader) };
  reader.assertValid();
  return config;
}

/**
 * Reads the variables of a client alone, so that a browser does not carry the server's.
 *
 * @throws InvalidConfigError naming each variable that has a value which cannot be used
 */
export function parseClientConfig(env: Environment): ClientConfig {
  const reader = new EnvironmentReader(env);
  const config = readClientConfig(reader);
  reader.assertValid();
  return config;
}
