import { markdownTable } from 'markdown-table';
import type { Table } from '../benchmark.ts';

/** A table as Markdown, which reads well on a terminal too: the first column is text. */
export function formatTable(table: Table): string {
  const columns = Math.max(0, ...table.map((row) => row.length));
  const align = Array.from({ length: columns }, (_, column) => (column === 0 ? 'l' : 'r'));
  return markdownTable(
    table.map((row) => [...row]),
    { align },
  );
}
