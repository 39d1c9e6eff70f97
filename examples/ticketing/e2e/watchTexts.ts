import type { Page } from 'playwright-core';

/**
 * Records what a page shows from now on in the elements of a selector, however briefly.
 *
 * @returns what was shown, one after the other; several elements with a `|` between them
 */
export async function watchTexts(
  page: Page,
  selector: string,
): Promise<() => Promise<readonly string[]>> {
  const texts = await page.evaluateHandle((watched) => {
    const shown: string[] = [];
    const look = () => {
      const elements = [...document.querySelectorAll(watched)];
      const text = elements.map(({ textContent }) => textContent).join('|');
      if (text !== shown.at(-1)) shown.push(text);
    };
    look();
    // It hears of all changes of one turn together, which is a commit of React.
    new MutationObserver(look).observe(document.body, {
      ...{ subtree: true, childList: true, characterData: true },
    });
    return shown;
  }, selector);
  return () => texts.jsonValue();
}
