import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../fakes/reportOf.ts';
import { formatHtml } from './formatHtml.ts';

/** The scripts of a page, in order. */
function scriptsOf(html: string): readonly string[] {
  return Array.from(html.matchAll(/<script>(.*?)<\/script>/gs), ([, script = '']) => script);
}

describe('the page of a report', () => {
  it('has the figures, the verdict and what was missed', () => {
    const verdict = { name: 'maxLoss', limit: 0, actual: 0.001, passed: false } as const;
    const html = formatHtml(reportOf({ thresholds: [verdict], passed: false }));
    expect(html).toContain('<tr><th scope="row">lost</th><td>1 of 1,000</td></tr>');
    expect(html).toContain('<strong class="missed">Thresholds missed</strong>');
    expect(html).toContain('<li>MISSED: loss 0.1%, at most 0%</li>');
    expect(formatHtml(reportOf())).toContain('<strong class="met">Thresholds met</strong>');
  });

  it('needs nothing but itself', () => {
    const html = formatHtml(reportOf());
    expect(html).toContain(`default-src 'none'`);
    // Nothing is loaded: neither an attribute nor a style asks for a file.
    expect(html).not.toMatch(/<(link|img|iframe|script)\b[^>]*\b(src|href)=/);
    expect(html).not.toMatch(/@import|url\(/);
    expect(html.match(/<script>/g)).toHaveLength(2);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html.trimEnd().endsWith('</html>')).toBe(true);
  });

  it('shows what a server said as text', () => {
    const evil = `</script><script>alert('1')</script>&"`;
    const html = formatHtml(
      reportOf({ scenario: evil, target: { kind: evil, url: evil, rooms: 1 } }),
    );
    expect(scriptsOf(html)).toHaveLength(2);
    expect(html).not.toContain("alert('1')");
    expect(html).toContain('&#60;/script&#62;');
  });

  it('draws six charts, each from as many numbers for every line', () => {
    const drawn: { data: unknown[][]; place: string; labels: string[] }[] = [];
    class FakePlot {
      constructor(options: { series: { label: string }[] }, data: unknown[][], place: string) {
        drawn.push({ data, place, labels: options.series.map(({ label }) => label) });
      }
    }
    const [, script = ''] = scriptsOf(formatHtml(reportOf()));
    const document = { getElementById: (id: string) => id };
    runInContext(script, createContext({ uPlot: FakePlot, document }));
    expect(drawn.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4, 5].map((id) => `chart-${id}`));
    for (const { data, labels } of drawn) {
      expect(data).toHaveLength(labels.length);
      expect(new Set(data.map(({ length }) => length)).size).toBe(1);
    }
    expect(drawn[0]?.labels).toEqual(['seconds', 'p50', 'p99']);
    expect(drawn[0]?.data).toEqual([
      [1, 2],
      [null, 500],
      [990, 990],
    ]);
    // 99% are two steps from the beginning: each is ten times rarer.
    expect(drawn[1]?.data[0]?.[7]).toBeCloseTo(2, 5);
    expect(drawn[1]?.data[1]?.[7]).toBeGreaterThan(989);
  });
});
