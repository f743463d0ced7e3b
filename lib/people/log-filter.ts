import { z } from '../zod';
import { dayRangeFields } from '../days';
import { pathWith } from '../query';

/** What is done about people. */
export const PERSON_ACTS = ['standing', 'warning', 'role', 'invitation', 'sessions'] as const;
export type PersonActKind = (typeof PERSON_ACTS)[number];

/** Of these moderators are told; roles, invitations and sessions are owners'. */
export const TOLD_MODERATORS = ['standing', 'warning'] as const satisfies readonly PersonActKind[];

/** What the log of people is asked for, from an address; what is wrong in it is left out. */
export const peopleLogSchema = z.object({
  /** Who did it. */
  who: z.uuid().nullable().catch(null),
  what: z.enum(PERSON_ACTS).nullable().catch(null),
  ...dayRangeFields,
});
export type PeopleLogFilter = z.infer<typeof peopleLogSchema>;

/** The address of the log of people as a filter narrows it, of one page of it. */
export const peopleLogPath = (filter: Partial<PeopleLogFilter> = {}, before: string | null = null): string => pathWith('/admin/log/people', { ...filter, before });

/** The same as a file. */
export const peopleLogFilePath = (filter: Partial<PeopleLogFilter> = {}): string => pathWith('/admin/log/people.csv', filter);
