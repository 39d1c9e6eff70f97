import { createMembersPart, type MembersPart } from './membersPart.ts';
import { openStockMember } from './openStockMember.ts';

export const createPart = (): MembersPart => createMembersPart(openStockMember);
