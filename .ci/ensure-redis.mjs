// Sees to it that the tests find what they start themselves: `redis-server` 7 or newer, and `openssl`
// for its certificate. Installs the Debian packages where it may, and says what to do where it may not.
import { spawnSync } from 'node:child_process';

const run = (command, ...args) => spawnSync(command, args, { encoding: 'utf8' });

function missing() {
  const version = /v=(\d+)/.exec(run('redis-server', '--version').stdout ?? '')?.[1];
  const hasOpenssl = run('openssl', 'version').status === 0;
  return [...(Number(version) >= 7 ? [] : ['redis-server']), ...(hasOpenssl ? [] : ['openssl'])];
}

function install(packages) {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const aptGet = [...sudo, 'apt-get', '-qq', '-y', '--no-install-recommends'];
  process.stdout.write(`Installing ${packages.join(' and ')}.\n`);
  for (const step of [['update'], ['install', ...packages]]) {
    const [command, ...args] = [...aptGet, ...step];
    const { status } = spawnSync(command, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) return;
  }
}

const needed = missing();
if (needed.length > 0) install(needed);
const still = missing();
if (still.length > 0) {
  process.stderr.write(
    `The tests need ${still.join(' and ')} (Redis 7 or newer) in the PATH. Install them and try again.\n`,
  );
  process.exitCode = 1;
}
