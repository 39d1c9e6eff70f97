import { formatQuote } from './formatQuote.ts';

/** ▲ 0.40 for what rose, ▼ 0.40 for what fell, and nothing for what stayed. */
export function formatChange(change: number): string {
  if (change === 0) return '';
  return `${change > 0 ? '▲' : '▼'} ${formatQuote(Math.abs(change))}`;
}
