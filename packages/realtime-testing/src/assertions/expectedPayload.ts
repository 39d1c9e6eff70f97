/** A payload of which only some fields are said, at any depth. */
export type ExpectedPayload<Payload> = Payload extends readonly (infer Item)[]
  ? readonly ExpectedPayload<Item>[]
  : Payload extends object
    ? { readonly [Field in keyof Payload]?: ExpectedPayload<Payload[Field]> }
    : Payload;
