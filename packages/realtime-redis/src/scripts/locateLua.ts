import { openRoomLua } from './openRoomLua.ts';

/** Where a room stands: epoch, offset and revision. */
export const locateLua: string = `${openRoomLua}
open()
return { room.epoch, whole(room.offset), whole(room.revision) }
`;
