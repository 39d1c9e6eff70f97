/** Every price and balance is in this currency. */
export const currency = 'EUR';
