import { markdownTable } from 'markdown-table';
import { type Door, doors, type WireCase } from './wireCase.ts';

/** The page of all cases: what is tried and what is documented are the same table. */
export function formatCases(cases: readonly WireCase[]): string {
  const sections = (Object.keys(doors) as Door[]).map((door) => toSection(door, cases));
  return `# Bad frames

What a server does about ${cases.length} things that a client may send and ought not to, from the request of http to the fields of our messages; the rest of [bad input](BAD-INPUT.md) is about what is well-formed. Written from the table that \`pnpm chaos wire\` tries on a server in a process of its own, and a test compares the two.

- **closed**: the connection ends, and no other
- **ignored**: nothing comes back, and the next request is answered
- **answered**: done, or let in
- **refused**: with a code of [errors](errors/README.md); \`Invalid namespace\` is Socket.IO's own word
- **status**: of http, from Node, the engine or the server

${sections.join('\n')}`;
}

function toSection(door: Door, cases: readonly WireCase[]): string {
  const rows = cases
    .filter((one) => one.door === door)
    .map(({ name, reaction }) => [name.replaceAll('|', '\\|'), inMarkdown(reaction)]);
  const [first = '', ...rest] = doors[door];
  const title = `${first.toUpperCase()}${rest.join('')}`;
  return `## ${title}\n\n${markdownTable([['sent', 'reaction'], ...rows], { alignDelimiters: false, padding: true })}\n`;
}

function inMarkdown(reaction: WireCase['reaction']): string {
  const [word, ...rest] = reaction.split(' ');
  const what = rest.join(' ');
  if (word !== 'refused') return reaction;
  return /^[A-Z_]+$/.test(what) ? `[\`${what}\`](errors/${what}.md)` : `refused: \`${what}\``;
}
