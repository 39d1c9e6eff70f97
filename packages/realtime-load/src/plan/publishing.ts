import type { Template } from './template.ts';

/** How publications come about: the load asks the server for them. */
export type Publishing =
  | { readonly by: 'action'; readonly action: string; readonly input: Template }
  | { readonly by: 'event'; readonly event: string; readonly input: Template }
  | {
      readonly by: 'http';
      readonly url: string;
      readonly input: Template;
      /** Signs the request as a webhook; null for none. */
      readonly secret: string | null;
    };
