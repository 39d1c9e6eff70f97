declare const process: { readonly env: { readonly NODE_ENV?: string } };

/** Bundlers put the text in the place of the literal; without one there may be no `process`. */
export function isProduction(): boolean {
  try {
    return process.env.NODE_ENV === 'production';
  } catch {
    return true;
  }
}
