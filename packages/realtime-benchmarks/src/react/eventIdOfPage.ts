/** The event of which the page is. */
export const eventIdOfPage = '42';
