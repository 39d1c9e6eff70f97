import { currency } from '../../shared/currency.ts';

const format = new Intl.NumberFormat('en-IE', {
  style: 'currency',
  currency,
  trailingZeroDisplay: 'stripIfInteger',
});

/** €47.50, and €38 without cents that are zero. */
export function formatPrice(amount: number): string {
  return format.format(amount);
}
