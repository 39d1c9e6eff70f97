/** Whether a value is a contract version: `major.minor`, each of at most nine digits. */
export function isContractVersion(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,9}\.\d{1,9}$/.test(value);
}
