import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describeVerdict } from './describeVerdict.ts';
import { drawCharts } from './drawCharts.ts';
import { reportRows, saturationNote } from './formatReport.ts';
import type { LoadReport } from './loadReport.ts';
import { type ReportChart, reportCharts } from './reportCharts.ts';

/**
 * The report as a page: one file, which needs no network and asks for nothing. Its script has only
 * numbers and words of ours; what servers and users said is in the text, escaped.
 */
export function formatHtml(report: LoadReport): string {
  const { scenario, target, startedAt, passed, interrupted, generator, thresholds } = report;
  const title = `${scenario}: ${target.kind} at ${target.url}`;
  const charts = reportCharts(report);
  const rows = reportRows(report).map(
    ([name, value]) =>
      `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  const notes = [...thresholds.map(describeVerdict), ...saturationNote(generator)];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${asset('uplot/dist/uPlot.min.css')}
${style}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(startedAt)}${interrupted ? ', ended early' : ''} <strong class="${passed ? 'met' : 'missed'}">${passed ? 'Thresholds met' : 'Thresholds missed'}</strong></p>
<ul>${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>
<table>${rows.join('')}</table>
${charts.map(figure).join('\n')}
<script>${asset('uplot/dist/uPlot.iife.min.js')}</script>
<script>(${drawCharts})(${JSON.stringify(charts)})</script>
</body>
</html>
`;
}

function figure({ title }: ReportChart, index: number): string {
  return `<figure><figcaption>${escapeHtml(title)}</figcaption><div id="chart-${index}"></div></figure>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function asset(path: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(path), 'utf8');
}

const style = `
body { font: 15px/1.5 system-ui, sans-serif; color: #1c2430; background: #fff; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
h1 { font-size: 1.3rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; }
th { text-align: left; font-weight: 400; color: #55606e; padding: .15rem 2rem .15rem 0; }
td { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 2rem 0 0; }
figcaption { font-weight: 600; }
strong { padding: .1rem .5rem; border-radius: .3rem; color: #fff; }
.met { background: #1a7f4b; }
.missed { background: #b3261e; }
`;
