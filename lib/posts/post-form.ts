import { z } from '../zod';
import type { PostStatus } from '../db/generated/enums';
import { t } from '../words/t';
import { SLUG_MAX_CHARS } from './schema';

// Wider than anybody writes: what came with an import has to be saved as it came.
export const TITLE_MAX_CHARACTERS = 2_000;
/** Of the text's HTML. Beyond it nobody reads, and a browser does not edit. */
export const BODY_MAX_CHARACTERS = 1_000_000;
/** Tags, shortcodes and line ends of a text (but those that stand between its blocks): its making safe costs up to 50 µs for each, and other pages wait for it. */
export const BODY_MAX_PARTS = 50_000;
export const tooLong = (): string => t('posts.saving.tooLong');
export const EXCERPT_MAX_CHARACTERS = 20_000;
export const ALT_MAX_CHARACTERS = 1_000;
export const TERM_MAX_CHARACTERS = 200;
export const TERMS_MAX = 500;
export const PASSWORD_MAX_CHARACTERS = 200;

/** Whether a text has more characters or parts than a post may have. */
export const isTooLong = (html: string): boolean => html.length > BODY_MAX_CHARACTERS || (html.match(/[<[]|(?<!>)\n/g)?.length ?? 0) > BODY_MAX_PARTS;

const percent = z.number().int().min(0).max(100);
// An empty one is left out where it is kept.
const term = z.string().trim().max(TERM_MAX_CHARACTERS, { error: () => t('posts.saving.termTooLong', { count: TERM_MAX_CHARACTERS }) });
const terms = z.array(term).max(TERMS_MAX, { error: () => t('posts.saving.tooManyTerms', { count: TERMS_MAX }) });

/** What a writer changes of a post or page, as the editor sends and keeps it: the same whether it is out or not. */
export const postFieldsSchema = z.object({
  title: z.string().max(TITLE_MAX_CHARACTERS, { error: () => t('posts.saving.titleTooLong', { count: String(TITLE_MAX_CHARACTERS) }) }),
  /** The text as the editor has it: any HTML; made safe when it is saved. */
  html: z.string().refine((html) => !isTooLong(html), { error: tooLong }),
  /** As the author writes it; empty: it is made from the text. */
  excerpt: z.string().max(EXCERPT_MAX_CHARACTERS, { error: () => t('posts.saving.excerptTooLong', { count: EXCERPT_MAX_CHARACTERS }) }),
  /** The last part of its address; empty: made from the title. */
  slug: z.string().max(SLUG_MAX_CHARS, { error: () => t('posts.saving.slugTooLong', { count: SLUG_MAX_CHARS }) }),
  /** Focus: what stays in sight when the picture is cut, percent from the left and from the top. */
  cover: z.object({ assetId: z.uuid(), alt: z.string().max(ALT_MAX_CHARACTERS, { error: () => t('posts.saving.altTooLong', { count: ALT_MAX_CHARACTERS }) }), focusX: percent, focusY: percent }).nullable(),
  /** By name, so that a new one can be typed; of a page there are none. */
  categories: terms,
  tags: terms,
  /** `Keep at the top` of the front page. */
  sticky: z.boolean(),
});
export type PostFields = z.infer<typeof postFieldsSchema>;

/** The same as it is kept, by the blog or a browser, at any length: a text grows when it is made safe, and one that is too long to be saved must not be lost. */
export const keptFieldsSchema = postFieldsSchema.extend({ html: z.string() });

/** One save of the editor's: by itself every few seconds, and before every act. */
export const saveSchema = z.object({
  /** Made with the page: a first save that is sent twice makes one post. */
  id: z.uuid(),
  kind: z.enum(['post', 'page']),
  fields: postFieldsSchema,
  /** What the editor has seen last (Saved.seen); empty: the post is not there yet. */
  seen: z.string().max(40),
  /** The window that saves. */
  tab: z.uuid(),
  /** Who opened it: whoever has signed in meanwhile, in another window of the browser, does not save for them. */
  as: z.uuid().optional(),
});
export type Save = z.infer<typeof saveSchema>;

/** What becomes of what is saved. `update` keeps the state; a wall clock of the blog's zone, `2026-12-05T10:30`. */
export const postActSchema = z.discriminatedUnion('to', [
  z.object({ to: z.literal('draft') }),
  z.object({ to: z.literal('published') }),
  z.object({ to: z.literal('scheduled'), at: z.string().max(40, { error: () => t('posts.saving.timeWanted') }) }),
  z.object({ to: z.literal('unlisted') }),
  z.object({ to: z.literal('private') }),
  z.object({ to: z.literal('password'), password: z.string().max(PASSWORD_MAX_CHARACTERS, { error: () => t('posts.saving.passwordTooLong', { count: PASSWORD_MAX_CHARACTERS }) }) }),
  z.object({ to: z.literal('update') }),
]);
export type PostAct = z.infer<typeof postActSchema>;

/** An act on what is saved. `tab`: the window that acts. */
export const actSchema = z.object({ id: z.uuid(), seen: z.string().max(40), act: postActSchema, tab: z.uuid().nullish() });
export type ActInput = z.input<typeof actSchema>;

export const EDITING_BEAT_MS = 10_000;
/** A window that has said nothing for so long is closed. */
export const EDITING_GONE_MS = 35_000;

/** Another window in which the same post is open. `isYou`: the person's own. */
export type OtherWindow = { name: string; isYou: boolean };

/** How a post stands after a save or an act. Dates are ISO strings: this travels as JSON, too. */
export type Saved = {
  id: string;
  /** To be sent with the next save or act. */
  seen: string;
  savedAt: string;
  state: Exclude<PostStatus, 'trash'>;
  /** When it came or comes out. */
  at: string | null;
  /** The same as clocks of the blog's zone show it, for a field. */
  wallClock: string;
  slug: string;
  /** As its author typed it; empty: none. A draft has one that is to come out with it again. */
  password: string;
  /** Where readers find it; null where they do not. */
  path: string | null;
  /** What is saved is not what readers see yet: `Update` puts it there. */
  isAhead: boolean;
  others: OtherWindow[];
};
