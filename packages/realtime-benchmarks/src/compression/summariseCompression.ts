import type { BenchmarkResult } from '../benchmark.ts';
import { type DeliveryFigures, toDeliveryFigures } from '../delivery/deliveryFigures.ts';
import type { MeasuredContender } from '../delivery/measureDeliveries.ts';
import { meetsTargets } from '../figures/meetsTargets.ts';
import { prefixed } from '../figures/prefixed.ts';
import { quotient } from '../figures/quotient.ts';
import { roundAll } from '../figures/roundAll.ts';
import type { CompressionCase } from './compressionCases.ts';

export interface MeasuredCase extends Pick<CompressionCase, 'name' | 'label'> {
  readonly contenders: readonly MeasuredContender[];
}

const targets = {
  'perMessageDeflate, CPU, unrelated': 0.15,
  'perMessageDeflate, CPU, states': 0.15,
  'perMessageDeflate without takeover, bytes, unrelated': 1.05,
  'perMessageDeflate, bytes, states': 1.1,
  'text, bytes, ready contract': 0.35,
};

/** What is told of a contender in a case, in the order of the table's columns. */
type CompressionFigures = Pick<DeliveryFigures, 'cpuUs' | 'systemUs' | 'bytes' | 'loadCpuUs'>;

interface Summarised {
  readonly caseName: CompressionCase['name'];
  readonly contender: string;
  readonly label: string;
  readonly agreed: string;
  readonly figures: CompressionFigures;
}

const head = [
  ...['', 'messages', 'server CPU µs/delivery', 'of it system', 'bytes/delivery'],
  'load CPU µs/delivery',
];

/** The ratios are of the server's CPU, or of bytes on the wire, for a delivery. */
export function summariseCompression(cases: readonly MeasuredCase[]): BenchmarkResult {
  const all = cases.flatMap(summariseCase);
  const ratio = createRatio(all);
  const ratios = {
    'perMessageDeflate, CPU, unrelated': ratio('unrelated', 'deflate', 'cpuUs'),
    'perMessageDeflate, CPU, states': ratio('states', 'deflate', 'cpuUs'),
    'perMessageDeflate without takeover, bytes, unrelated': ratio(
      'unrelated',
      'deflateNoTakeover',
      'bytes',
    ),
    'perMessageDeflate, bytes, states': ratio('states', 'deflate', 'bytes'),
    'text, bytes, ready contract': ratio('ready', 'oursText', 'bytes'),
    'stock, CPU, unrelated': ratio('unrelated', 'stock', 'cpuUs'),
    'stock, CPU, states': ratio('states', 'stock', 'cpuUs'),
    'stock, CPU, ready contract': ratio('ready', 'stock', 'cpuUs'),
  };
  return {
    table: [head, ...all.map(toRow)],
    figures: Object.assign({}, ...all.map(toNamed)),
    ratios: roundAll(ratios),
    targets,
    passed: meetsTargets(ratios, targets),
  };
}

function summariseCase({ name: caseName, label: caseLabel, contenders }: MeasuredCase) {
  return contenders.map(({ name: contender, label, rounds }): Summarised => {
    const { cpuUs, systemUs, bytes, loadCpuUs } = toDeliveryFigures(rounds);
    return {
      ...{ caseName, contender, label: `${caseLabel}: ${label}` },
      agreed: rounds.at(-1)?.agreed ?? '',
      figures: { cpuUs, systemUs, bytes, loadCpuUs },
    };
  });
}

/** Of a figure of ours to another contender's, in a case. */
function createRatio(all: readonly Summarised[]) {
  return (
    caseName: CompressionCase['name'],
    peer: string,
    figure: keyof CompressionFigures,
  ): number | null => {
    const find = (name: string) =>
      all.find((one) => one.caseName === caseName && one.contender === name)?.figures[figure];
    return quotient(find('ours'), find(peer));
  };
}

function toRow({ label, agreed, figures }: Summarised): readonly string[] {
  return [label, agreed, ...Object.values(figures).map(String)];
}

function toNamed({ caseName, contender, figures }: Summarised): Record<string, number> {
  return prefixed(caseName, prefixed(contender, figures));
}
