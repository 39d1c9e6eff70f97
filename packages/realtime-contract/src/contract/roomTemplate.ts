import { RoomcastError } from '../errors/roomcastError.ts';

/** The names of the parameters in a room template: `'a-{x}:{y}'` gives `'x' | 'y'`. */
export type TemplateParam<Template extends string> =
  Template extends `${string}{${infer Name}}${infer Rest}` ? Name | TemplateParam<Rest> : never;

/** The parameters that a room template needs, as an object of strings. */
export type TemplateParams<Template extends string> = {
  readonly [Name in TemplateParam<Template>]: string;
};

/** The longest encoded form of one room parameter, in bytes. */
export const maxRoomParamBytes = 200;

/** The longest room name, in bytes. */
export const maxRoomNameBytes = 255;

/** A template that has been read once, ready to make and to take apart names. */
export interface RoomTemplate {
  readonly source: string;
  /** The text before the first parameter, or the whole template where there is none. */
  readonly prefix: string;
  readonly paramNames: readonly string[];
  /** Literal text after each parameter, in order. */
  readonly literals: readonly string[];
  /** @throws RoomcastError `INVALID_ROOM` */
  format(params: Readonly<Record<string, unknown>>): string;
  /** The parameters of a name this template made, or null for any other string. */
  parse(name: string): Readonly<Record<string, string>> | null;
}

/** Matches what `encodeURIComponent` can yield, and nothing else. */
const encodedValue = "([A-Za-z0-9_.!~*'()%-]+)";

/** Reads a template such as `event-{eventId}`; the text is checked by `assertTemplates`. */
export function parseTemplate(source: string): RoomTemplate {
  const [prefix = '', ...rest] = source.split('{');
  const parts = rest.map((part) => part.split('}', 2) as [string, string?]);
  const paramNames = parts.map(([name]) => name);
  const literals = parts.map(([, literal]) => literal ?? '');
  const pattern = new RegExp(
    `^${escapeRegExp(prefix)}${literals.map((text) => encodedValue + escapeRegExp(text)).join('')}$`,
  );

  function format(params: Readonly<Record<string, unknown>>): string {
    const values = paramNames.map((name) => encodeParam(source, name, params[name]));
    const name = prefix + values.map((value, index) => value + literals[index]).join('');
    if (name.length > maxRoomNameBytes) {
      throw invalidRoom(source, `the name would have ${name.length} bytes of ${maxRoomNameBytes}`);
    }
    return name;
  }

  function parse(name: string): Readonly<Record<string, string>> | null {
    if (name.length > maxRoomNameBytes) return null;
    const values = pattern.exec(name)?.slice(1);
    if (!values) return null;
    try {
      const params = Object.fromEntries(
        paramNames.map((param, index) => [param, decodeURIComponent(values[index] ?? '')]),
      );
      // Only the one spelling that `format` yields is a name: `%41` and `A` must not be two rooms.
      return format(params) === name ? params : null;
    } catch {
      return null;
    }
  }

  return { source, prefix, paramNames, literals, format, parse };
}

function encodeParam(source: string, name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw invalidRoom(source, `"${name}" must be a non-empty string`);
  }
  let encoded: string;
  try {
    encoded = encodeURIComponent(value);
  } catch (cause) {
    throw invalidRoom(source, `"${name}" holds a lone surrogate`, { cause });
  }
  if (encoded.length > maxRoomParamBytes) {
    throw invalidRoom(source, `"${name}" has ${encoded.length} bytes of ${maxRoomParamBytes}`);
  }
  return encoded;
}

function invalidRoom(source: string, reason: string, options?: ErrorOptions): RoomcastError {
  return new RoomcastError('INVALID_ROOM', `No room "${source}": ${reason}.`, options);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
