import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Delivery } from './publication.ts';
import type { TemplateParams } from './roomTemplate.ts';

/**
 * Who may join rooms of a kind.
 *
 * - `public`: everyone, guests included.
 * - `authenticated`: every session with a user.
 * - `authorised`: whom the server's `authorise` option admits. The default.
 */
export type RoomAccess = 'public' | 'authenticated' | 'authorised';

export interface RoomDefinition<Template extends string = string> {
  /** The room's name with `{parameters}` in it, such as `event-{eventId}`. */
  readonly template: Template;
  /** @default 'authorised' */
  readonly access?: RoomAccess;
  /**
   * Describes what a member tells of itself to the others in the room, at most 1,024 bytes of JSON.
   * Rooms of the kind have presence where it is there.
   */
  readonly presence?: StandardSchemaV1;
}

export interface EventDefinition<
  Payload extends StandardSchemaV1 = StandardSchemaV1,
  Kind extends string = string,
  Encrypted extends boolean = boolean,
> {
  /** The kind of room that this event is published to. */
  readonly room: Kind;
  /** Describes the payload as it travels. It checks; what it transforms is not sent. */
  readonly payload: Payload;
  readonly delivery: Delivery;
  /** Which value a `latest` event replaces; one per room when left out. */
  key?(payload: StandardSchemaV1.InferInput<Payload>): string;
  /** A payload that fits: for the docs, the mock client and the compression dictionary. */
  readonly example: StandardSchemaV1.InferInput<Payload>;
  /**
   * Whether the payload is sealed by its broadcaster and opened by its readers, so that nobody
   * between them sees it; docs/ENCRYPTION.md says what that protects. A `key` stays in the clear.
   * @default false
   */
  readonly encrypted?: Encrypted;
}

export interface ActionDefinition<
  Input extends StandardSchemaV1 = StandardSchemaV1,
  Output extends StandardSchemaV1 = StandardSchemaV1,
  Code extends string = string,
> {
  /** Describes what the client sends; the handler gets what the schema makes of it. */
  readonly input: Input;
  /** Describes what the handler answers, as it travels. */
  readonly output: Output;
  /** The refusals that the handler may answer with, as an `ActionError`. */
  readonly errors?: readonly Code[];
  /**
   * Whether a session without a user may call it.
   * @default false
   */
  readonly guests?: boolean;
}

export type RoomDefinitions = Readonly<Record<string, RoomDefinition>>;
export type EventDefinitions = Readonly<Record<string, EventDefinition>>;
export type ActionDefinitions = Readonly<Record<string, ActionDefinition>>;

/** A room name taken apart. Authorisation sees this, never the name. */
export interface ParsedRoom<Kind extends string = string> {
  readonly kind: Kind;
  readonly params: Readonly<Record<string, string>>;
}

/** What `defineContract` returns: the one description that server, clients and tests share. */
export interface Contract<
  Rooms extends RoomDefinitions = RoomDefinitions,
  Events extends EventDefinitions = EventDefinitions,
  Actions extends ActionDefinitions = ActionDefinitions,
> {
  /** `major.minor`; only another major version is refused at the handshake. */
  readonly version: string;
  /** Hash of rooms, event and action names, delivery and error codes: 16 hexadecimal digits. */
  readonly fingerprint: string;
  readonly rooms: Rooms;
  readonly events: Events;
  readonly actions: Actions;
  /**
   * The name of a room.
   *
   * @throws RoomcastError `INVALID_ROOM` for an id that is empty, too long or cannot be encoded
   */
  formatRoom<Kind extends keyof Rooms & string>(
    kind: Kind,
    params: TemplateParams<Rooms[Kind]['template']>,
  ): string;
  /** The kind and parameters of a room name, or null where no template made it. */
  parseRoom(name: string): ParsedRoom<keyof Rooms & string> | null;
}

/** Any contract, for code that does not care which. */
export type AnyContract = Contract;

export type RoomKind<C extends AnyContract> = keyof C['rooms'] & string;

export type RoomParams<C extends AnyContract, Kind extends RoomKind<C>> = TemplateParams<
  C['rooms'][Kind]['template']
>;

/** The arguments that name a room: the kind, and its parameters where it has any. */
export type RoomArgs<
  C extends AnyContract,
  Kind extends RoomKind<C>,
> = string extends C['rooms'][Kind]['template']
  ? [kind: Kind, params?: Readonly<Record<string, string>>]
  : keyof RoomParams<C, Kind> extends never
    ? [kind: Kind, params?: Readonly<Record<string, never>>]
    : [kind: Kind, params: RoomParams<C, Kind>];

/** The kinds of rooms that have presence. */
export type PresenceKind<C extends AnyContract> =
  string extends RoomKind<C>
    ? string
    : {
        [Kind in RoomKind<C>]: C['rooms'][Kind] extends { readonly presence: StandardSchemaV1 }
          ? Kind
          : never;
      }[RoomKind<C>];

type PresenceSchema<C extends AnyContract, Kind extends string> = C['rooms'][Kind] extends {
  readonly presence: infer Schema extends StandardSchemaV1;
}
  ? Schema
  : StandardSchemaV1;

/** What a client tells of itself in a room of a kind. */
export type PresenceInput<C extends AnyContract, Kind extends string> = StandardSchemaV1.InferInput<
  PresenceSchema<C, Kind>
>;

/** What the others see of it: what the schema made of that. */
export type PresenceData<C extends AnyContract, Kind extends string> = StandardSchemaV1.InferOutput<
  PresenceSchema<C, Kind>
>;

export type EventName<C extends AnyContract> = keyof C['events'] & string;

/** The names of the events that are published to rooms of one kind. */
export type EventNameOf<C extends AnyContract, Kind extends string> = {
  [Name in EventName<C>]: C['events'][Name]['room'] extends Kind ? Name : never;
}[EventName<C>];

/** The names of the events that are encrypted. */
export type EncryptedEventName<C extends AnyContract> = {
  [Name in EventName<C>]: [NonNullable<C['events'][Name]['encrypted']>] extends [never]
    ? never
    : [NonNullable<C['events'][Name]['encrypted']>] extends [true]
      ? Name
      : never;
}[EventName<C>];

/** The names of the events of one kind of room that are not encrypted. */
export type PlainEventNameOf<C extends AnyContract, Kind extends string> = Exclude<
  EventNameOf<C, Kind>,
  EncryptedEventName<C>
>;

/** The payload of an event, as it is published and as it arrives. */
export type EventPayload<
  C extends AnyContract,
  Name extends EventName<C>,
> = StandardSchemaV1.InferInput<C['events'][Name]['payload']>;

export type ActionName<C extends AnyContract> = keyof C['actions'] & string;

/** What a client passes to an action. */
export type ActionInput<
  C extends AnyContract,
  Name extends ActionName<C>,
> = StandardSchemaV1.InferInput<C['actions'][Name]['input']>;

/** What the handler of an action gets: the validated input. */
export type ActionHandlerInput<
  C extends AnyContract,
  Name extends ActionName<C>,
> = StandardSchemaV1.InferOutput<C['actions'][Name]['input']>;

/** What an action answers. */
export type ActionOutput<
  C extends AnyContract,
  Name extends ActionName<C>,
> = StandardSchemaV1.InferInput<C['actions'][Name]['output']>;

/** The refusals that an action declares. */
export type ActionErrorCode<C extends AnyContract, Name extends ActionName<C>> = NonNullable<
  C['actions'][Name]['errors']
>[number];
