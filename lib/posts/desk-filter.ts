import { pathWith } from '../query';
import { cleanText } from '../text/clean';
import { z } from '../zod';
import { deskPageSchema } from './schema';

/** The parts of the desk's list. `private`: whatever does not stand in lists, though it is out. */
export const DESK_TABS = ['all', 'published', 'drafts', 'scheduled', 'private', 'trash'] as const;
export type DeskTab = (typeof DESK_TABS)[number];

export const DESK_WORDS_MAX_CHARACTERS = 200;

/** What of the list is asked for, from an address; what is no such thing is left out. */
export const deskFilterSchema = z.object({
  tab: z.enum(DESK_TABS).catch('all'),
  kind: z.enum(['post', 'page']).nullable().catch(null).default(null),
  q: z.string().transform((words) => cleanText(words).trim().slice(0, DESK_WORDS_MAX_CHARACTERS)).catch(''),
  page: deskPageSchema,
});
export type DeskFilter = z.infer<typeof deskFilterSchema>;

/** What was done to a post of the list, for a sentence above it. */
export const DESK_DONE = ['trashed', 'restored', 'deleted', 'gone', 'given', 'all-given'] as const;
export type DeskDone = (typeof DESK_DONE)[number];
/** From an address: which post, and by which name. */
export const deskDoneSchema = z.object({ done: z.enum(DESK_DONE), post: z.uuid().nullable().catch(null), title: z.string().max(600).catch('') }).nullable().catch(null);
export type DeskDoneView = z.infer<typeof deskDoneSchema>;

export const POSTS_DESK_PATH = '/admin/posts';

/** The address of a part of the list. */
export const deskListPath = ({ tab = 'all', kind = null, q = '', page = 1 }: Partial<DeskFilter> = {}, done?: { done: DeskDone; post?: string; title?: string }): string =>
  pathWith(POSTS_DESK_PATH, { tab: tab === 'all' ? null : tab, kind, q, page: page === 1 ? null : String(page), ...done });

/** Where the list is shown after an act on one of its lines: the part that was shown before, whatever the form says that was. */
export function placeAfter(here: unknown, done: { done: DeskDone; post?: string; title?: string }): string {
  const asked = typeof here === 'string' && URL.canParse(here, 'http://here') ? Object.fromEntries(new URL(here, 'http://here').searchParams) : {};
  return deskListPath(deskFilterSchema.parse(asked), done);
}
