import type { BenchmarkResult } from '../benchmark.ts';
import { prefixed } from '../figures/prefixed.ts';
import { round } from '../figures/round.ts';
import type { BundleSize } from './bundleSize.ts';
import { type Contender, contenders, peers } from './contenders.ts';

/** What a page may load, compressed: for the client, and for the hooks more than that. */
const budgets = { client: 20_000, reactLayer: 6_000 };

const clientBudget = 'client of 20 kB';
const reactBudget = 'React layer of 6 kB';

/** Ratios are those of compressed sizes; a budget stands among them like a peer. */
export function summariseClientSize(
  sizes: Readonly<Record<Contender, BundleSize>>,
): BenchmarkResult {
  const { roomcast, roomcastReact, roomcastReactAll } = sizes;
  const ours = roomcast.gzipBytes;
  const moreThanClient = ({ minBytes, gzipBytes }: BundleSize): BundleSize => ({
    minBytes: minBytes - roomcast.minBytes,
    gzipBytes: gzipBytes - ours,
  });
  const reactLayer = moreThanClient(roomcastReact);
  const reactAll = moreThanClient(roomcastReactAll);
  const ratioTo = (bytes: number) => round(ours / bytes);
  return {
    table: [
      ['', 'minified kB', 'and gzip kB', 'Roomcast to it'],
      [contenders.roomcast, ...toCells(roomcast), ''],
      ['Hooks of an event page, more', ...toCells(reactLayer), ''],
      ['All of the React layer, more', ...toCells(reactAll), ''],
      ...peers.map((name) => [
        ...[contenders[name], ...toCells(sizes[name])],
        String(ratioTo(sizes[name].gzipBytes)),
      ]),
    ],
    figures: {
      ...prefixed('ours', roomcast),
      ...prefixed('reactLayer', reactLayer),
      ...prefixed('reactAll', reactAll),
      ...Object.assign({}, ...peers.map((name) => prefixed(name, sizes[name]))),
    },
    ratios: {
      [clientBudget]: ratioTo(budgets.client),
      [reactBudget]: round(reactLayer.gzipBytes / budgets.reactLayer),
      ...Object.fromEntries(
        peers.map((name) => [contenders[name], ratioTo(sizes[name].gzipBytes)]),
      ),
    },
    targets: { [clientBudget]: 1, [reactBudget]: 1 },
    passed: ours <= budgets.client && reactLayer.gzipBytes <= budgets.reactLayer,
  };
}

function toCells({ minBytes, gzipBytes }: BundleSize): readonly string[] {
  return [minBytes, gzipBytes].map((bytes) => (bytes / 1_000).toFixed(1));
}
