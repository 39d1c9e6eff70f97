import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

type Parameters = Record<string, SQLInputValue>;

/** All rows of a query. The row type is the caller's word for what its SQL selects. */
export function selectAll<Row>(
  database: DatabaseSync,
  sql: string,
  parameters: Parameters = {},
): Row[] {
  return database.prepare(sql).all(parameters) as Row[];
}

/** The first row of a query, or undefined when there is none. */
export function selectOne<Row>(
  database: DatabaseSync,
  sql: string,
  parameters: Parameters = {},
): Row | undefined {
  return database.prepare(sql).get(parameters) as Row | undefined;
}
