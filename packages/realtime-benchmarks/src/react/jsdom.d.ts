/** What the page needs of jsdom, which comes without types. */
declare module 'jsdom' {
  export class JSDOM {
    constructor(
      html: string,
      options: { readonly url: string; readonly pretendToBeVisual: boolean },
    );
    readonly window: { readonly document: unknown; close(): void };
  }
}
