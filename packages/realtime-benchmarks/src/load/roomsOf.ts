/** How many rooms there are, all of them in use. */
const roomCount = 300;

/** The rooms of a client, by its number. */
export function roomsOf(client: number, roomsEach: number): readonly string[] {
  return Array.from({ length: roomsEach }, (_, index) => {
    return `event-${(client * roomsEach + index) % roomCount}`;
  });
}
