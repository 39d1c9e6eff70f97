/** Whether there is a page; not during server rendering, which runs no effects. */
export const isBrowser: boolean = 'document' in globalThis;
