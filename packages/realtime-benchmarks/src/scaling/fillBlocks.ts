/**
 * Writes blocks of a page anew, each between `<!-- NAME -->` and `<!-- /NAME -->`.
 *
 * @throws an error that names a block that is not in the page exactly once
 */
export function fillBlocks(page: string, blocks: Readonly<Record<string, string>>): string {
  return Object.entries(blocks).reduce((text, [name, block]) => {
    const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
    const [before, rest, ...more] = text.split(begin);
    const [, after, ...others] = rest?.split(end) ?? [];
    if (before === undefined || after === undefined || more.length + others.length > 0) {
      throw new Error(`Expected the page to have the block "${name}" once.`);
    }
    return `${before}${begin}\n${block}\n\n${end}${after}`;
  }, page);
}
