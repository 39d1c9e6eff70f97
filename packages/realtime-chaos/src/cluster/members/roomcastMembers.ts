import { createMembersPart, type MembersPart } from './membersPart.ts';
import { openRoomcastMember } from './openRoomcastMember.ts';

export const createPart = (): MembersPart => createMembersPart(openRoomcastMember);
