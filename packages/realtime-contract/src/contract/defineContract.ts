import type { StandardSchemaV1 } from '@standard-schema/spec';
import { isErrorCode } from '../errors/errorCodes.ts';
import { RoomcastError } from '../errors/roomcastError.ts';
import { assertTemplates } from './assertTemplates.ts';
import type {
  ActionDefinition,
  Contract,
  EventDefinition,
  ParsedRoom,
  RoomDefinitions,
} from './contract.ts';
import { isContractVersion } from './contractVersion.ts';
import { fingerprint } from './fingerprint.ts';
import { reservedNames } from './reservedNames.ts';
import { parseTemplate } from './roomTemplate.ts';

type Schemas = Record<string, StandardSchemaV1>;

/** The events as they are written down; each part is inferred by itself, so that no cast is needed. */
type EventInputs<Payloads extends Schemas, Kinds, Encrypted> = {
  [Name in keyof Payloads]: Omit<EventDefinition<Payloads[Name]>, 'room' | 'encrypted'>;
} & { [Name in keyof Kinds]: { readonly room: Kinds[Name] } } & {
  [Name in keyof Encrypted]: { readonly encrypted?: boolean & Encrypted[Name] };
};

type ActionInputs<Inputs extends Schemas, Outputs, Codes> = {
  [Name in keyof Inputs]: { readonly input: Inputs[Name]; readonly guests?: boolean };
} & { [Name in keyof Outputs]: { readonly output: Outputs[Name] } } & {
  [Name in keyof Codes]: { readonly errors?: readonly string[] & readonly Codes[Name][] };
};

type Defined<
  Rooms extends RoomDefinitions,
  Payloads extends Schemas,
  Kinds extends Record<keyof Payloads, string>,
  Encrypted extends Record<keyof Payloads, unknown>,
  Inputs extends Schemas,
  Outputs extends Record<keyof Inputs, StandardSchemaV1>,
  Codes extends Record<keyof Inputs, unknown>,
> = Contract<
  Rooms,
  {
    readonly [Name in keyof Payloads & string]: EventDefinition<
      Payloads[Name],
      Kinds[Name],
      Extract<Encrypted[Name], true>
    >;
  },
  {
    readonly [Name in keyof Inputs & string]: ActionDefinition<
      Inputs[Name],
      Outputs[Name],
      Extract<Codes[Name], string>
    >;
  }
>;

/**
 * Defines the rooms, events and actions that server and clients share.
 *
 * @throws RoomcastError `INVALID_CONTRACT` for templates that could produce the same name, names
 * that the protocol reserves, an unknown room, a `key` on an event that is not `latest`, an example
 * that does not fit its schema, or an action error that has a code of Roomcast itself
 *
 * @example
 * const contract = defineContract({
 *   version: '1.0',
 *   rooms: { event: { template: 'event-{eventId}', access: 'public' } },
 *   events: {
 *     'ticket-purchased': {
 *       room: 'event',
 *       payload: z.object({ ticketId: z.string() }),
 *       delivery: 'reliable',
 *       example: { ticketId: 't-1' },
 *     },
 *   },
 * });
 */
export function defineContract<
  const Rooms extends RoomDefinitions,
  Payloads extends Schemas = Record<never, never>,
  Kinds extends Record<keyof Payloads, keyof Rooms & string> = Record<keyof Payloads, never>,
  const Encrypted extends Record<keyof Payloads, unknown> = Record<keyof Payloads, never>,
  Inputs extends Schemas = Record<never, never>,
  Outputs extends Record<keyof Inputs, StandardSchemaV1> = Record<keyof Inputs, never>,
  const Codes extends Record<keyof Inputs, unknown> = Record<keyof Inputs, never>,
>(definition: {
  /** `major.minor`. Raise the major part when old clients can no longer understand. */
  readonly version: string;
  readonly rooms: Rooms;
  readonly events: EventInputs<Payloads, Kinds, Encrypted>;
  readonly actions?: ActionInputs<Inputs, Outputs, Codes>;
}): Defined<Rooms, Payloads, Kinds, Encrypted, Inputs, Outputs, Codes> {
  const { version, rooms } = definition;
  const events = definition.events as Readonly<Record<string, EventDefinition>>;
  const actions = (definition.actions ?? {}) as Readonly<Record<string, ActionDefinition>>;
  const templates = new Map(
    Object.entries(rooms).map(([kind, { template }]) => [kind, parseTemplate(template)]),
  );

  assertVersion(version);
  assertTemplates(templates);
  for (const name of [...Object.keys(events), ...Object.keys(actions)]) assertName(name, rooms);
  for (const [name, event] of Object.entries(events)) assertEvent(name, event, rooms);
  for (const [name, action] of Object.entries(actions)) assertAction(name, action);

  const contract: Contract = {
    version,
    rooms,
    events,
    actions,
    fingerprint: fingerprint(rooms, events, actions),
    formatRoom(kind, params) {
      const template = templates.get(kind);
      if (!template) throw new RoomcastError('INVALID_ROOM', `No room kind "${kind}".`);
      return template.format(params ?? {});
    },
    parseRoom(name): ParsedRoom | null {
      for (const [kind, template] of templates) {
        const params = template.parse(name);
        if (params) return { kind, params };
      }
      return null;
    },
  };
  return Object.freeze(contract) as Defined<
    Rooms,
    Payloads,
    Kinds,
    Encrypted,
    Inputs,
    Outputs,
    Codes
  >;
}

function assertVersion(version: string): void {
  if (!isContractVersion(version)) {
    throw refuse(`Expected \`version\` to be "major.minor", got "${version}"`);
  }
}

function assertName(name: string, rooms: RoomDefinitions): void {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    throw refuse(`"${name}" is not a kebab-case name`);
  }
  if (reservedNames(Object.keys(rooms)).has(name)) {
    throw refuse(`"${name}" is reserved by the protocol; choose another name`);
  }
}

function assertEvent(name: string, event: EventDefinition, rooms: RoomDefinitions): void {
  if (!Object.hasOwn(rooms, event.room)) {
    throw refuse(`Event "${name}" names the room "${event.room}", which is not defined`);
  }
  if (event.key && event.delivery !== 'latest') {
    throw refuse(`Event "${name}" has a key but is "${event.delivery}"; only "latest" takes one`);
  }
  const result = event.payload['~standard'].validate(event.example);
  if (result instanceof Promise) {
    // It cannot be awaited here, and its failure must not end the process: tests check the example.
    result.catch(() => {});
  } else if (result.issues) {
    const reasons = result.issues.map((issue) => issue.message).join('; ');
    throw refuse(`The example of event "${name}" does not fit its schema: ${reasons}`);
  }
}

function assertAction(name: string, { errors = [] }: ActionDefinition): void {
  // On the wire the code alone tells an ActionError from a RoomcastError.
  const taken = errors.find(isErrorCode);
  if (taken) {
    throw refuse(
      `Action "${name}" declares the error "${taken}", which is a code of Roomcast itself`,
    );
  }
}

function refuse(reason: string): RoomcastError {
  return new RoomcastError('INVALID_CONTRACT', `${reason}.`);
}
