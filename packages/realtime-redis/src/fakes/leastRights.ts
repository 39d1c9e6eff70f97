/**
 * What the user of a broker has to be allowed, for the prefix `app`; the README lists the same. In a
 * cluster it asks `CLUSTER SLOTS` besides.
 */
export const leastRights: readonly string[] = [
  ...['~app:*', '&app:*'],
  ...['+@connection', '+@scripting', '+info', '+ssubscribe', '+sunsubscribe', '+spublish'],
  ...['+@hash', '+@sortedset', '+@stream', '+del', '+pexpire', '+time'],
];
