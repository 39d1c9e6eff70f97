/** How a name is made that looks like the one of a room, and is none. */
const disguises: readonly ((name: string) => unknown)[] = [
  (name) => `${name} `,
  (name) => ` ${name}`,
  (name) => `${name}\0`,
  (name) => `${name}\n`,
  (name) => `${name}/`,
  (name) => `/${name}`,
  (name) => `notice-0/../${name}`,
  (name) => `${name},notice-0`,
  (name) => `${name}-`,
  (name) => `${name}?a=1`,
  (name) => `${name}#`,
  (name) => name.replace('-', '%2D'),
  (name) => name.replace('-', '--'),
  (name) => name.replace('-', '\u2010'),
  (name) => name.toUpperCase(),
  (name) => name.replace(/\w$/, (last) => `%${last.charCodeAt(0).toString(16)}`),
  (name) => name.replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 0xfee0)),
  (name) => `${name}\u200b`,
  (name) => name.replace(/[ae]/, '$&\u0301'),
  (name) => `{${name}}`,
  (name) => `*${name}`,
  (name) => name.replace(/-.*/, '-*'),
  (name) => name.replace(/-.*/, '-{id}'),
  (name) => name.replace(/-.*/, '-'),
  (name) => name.replace(/-.*/, ''),
  (name) => name.replace(/-.*/, '-__proto__'),
  (name) => name.replace(/-.*/, '-constructor'),
  (name) => name.replace(/-.*/, '-undefined'),
  (name) => name.replace(/-.*/, '-null'),
  (name) => name.replace(/-.*/, '-0,1'),
  (name) => [name],
  (name) => ({ toString: name }),
  (name) => `roomcast:${name}`,
];

const targets = ['team-1', 'staff-1', 'user-p9'];

/** What the rooms of others are asked for by, if it could be had that way: 108 names. */
export const foreignNames: readonly unknown[] = [
  ...targets.flatMap((name) => disguises.map((disguise) => disguise(name))),
  ...['', '__proto__', 'constructor', 'toString', null, 0, true, {}, []],
];
