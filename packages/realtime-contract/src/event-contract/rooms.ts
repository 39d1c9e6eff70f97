/** The rooms of the ticketing contract. */
export const eventRooms = {
  event: { template: 'event-{eventId}', access: 'public' },
  user: { template: 'user-{userId}' },
  global: { template: 'global', access: 'authenticated' },
} as const;
