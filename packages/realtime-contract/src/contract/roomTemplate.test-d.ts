import type { TemplateParam, TemplateParams } from './roomTemplate.ts';
import type { Same } from './same.test-d.ts';

export const names: [
  Same<TemplateParam<'global'>, never>,
  Same<TemplateParam<'event-{eventId}'>, 'eventId'>,
  Same<TemplateParam<'seat-{row}:{seat}/x'>, 'row' | 'seat'>,
  Same<TemplateParam<string>, never>,
] = [true, true, true, true];

export const params: [
  Same<keyof TemplateParams<'global'>, never>,
  Same<TemplateParams<'event-{eventId}'>, { readonly eventId: string }>,
] = [true, true];

export const seat: TemplateParams<'seat-{row}:{seat}'> = { row: 'A', seat: '12' };

// @ts-expect-error a parameter is missing
export const noSeat: TemplateParams<'seat-{row}:{seat}'> = { row: 'A' };
// @ts-expect-error ids are strings
export const numericSeat: TemplateParams<'seat-{row}:{seat}'> = { row: 'A', seat: 12 };
