/** Who keeps the queries of the page true. */
export const bridges = ['ours', 'naive'] as const;
export type Bridge = (typeof bridges)[number];
