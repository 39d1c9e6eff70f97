/** How long this process has been at work, in milliseconds of one core. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
