/** What the page needs of jsdom, which comes without types. */
declare module 'jsdom' {
  import type { Container } from 'react-dom/client';

  export class JSDOM {
    constructor(html: string, options: { readonly pretendToBeVisual: boolean });
    readonly window: {
      readonly document: { createElement(name: string): Container };
    };
  }
}
