import { z } from '../zod';
import type { DeclineReason, MentionWay } from '../db/generated/enums';
import type { SafeHtml } from '../text/safe-html';
import type { Part } from '../text/snippets';
import { t } from '../words/t';

export const NAME_MAX_CHARACTERS = 245;
export const EMAIL_MAX_CHARACTERS = 100;
export const WEBSITE_MAX_CHARACTERS = 200;
export const TEXT_MAX_BYTES = 65_525;

/** How deep replies are shown inside one another; deeper ones stand flat, “in reply to NAME”. */
export const MAX_DEPTH = 5;
/** How deep they are shown inside one another on a phone: a thread and three steps in. */
export const PHONE_DEPTH = 4;
/** About how many comments a page of a discussion holds, and how many it never exceeds. */
export const PAGE_COMMENTS = 50;
export const PAGE_COMMENTS_LIMIT = 200;

/** In which order the threads of a discussion stand; replies are read from the oldest on, always. */
export const THREAD_ORDERS = ['oldest', 'newest'] as const;
export type ThreadOrder = (typeof THREAD_ORDERS)[number];
/** A part of a discussion that has an address: a page, from 1, of the threads in an order. */
export type DiscussionPlace = { page: number; order: ThreadOrder };

const characters = (value: string) => [...value].length;
/** UTF-8 bytes of a text: what the limit of a comment counts. */
export const bytes = (value: string) => new TextEncoder().encode(value).length;
/** Whether a text has no control characters that no keyboard types, NUL among them, which PostgreSQL cannot store. */
export const isWritten = (value: string) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value) && value.isWellFormed();

const written = z.string().default('').refine(isWritten, { error: () => t('comments.fields.unstorable') });
export type LineName = 'address' | 'name' | 'thisName' | 'website';
/** One line of at most so many characters; `what` it is, for the sentence. */
export const line = (max: number, what: LineName) =>
  written.transform((value) => value.replace(/\s+/g, ' ').trim()).refine((value) => characters(value) <= max, { error: () => t('comments.fields.tooLong', { max: String(max), what }) });

const isWebAddress = (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).hostname.includes('.');
const withScheme = (value: string) => (value === '' || /^[a-z][a-z0-9+.-]*:/i.test(value) ? value : `https://${value}`);

export const textSchema = written
  .refine((value) => value.trim() !== '', { error: () => t('comments.fields.empty') })
  .refine((value) => bytes(value) <= TEXT_MAX_BYTES, { error: () => t('comments.fields.commentTooLong') });

/** Who a guest says they are. */
export const guestSchema = z.object({
  email: line(EMAIL_MAX_CHARACTERS, 'address')
    .refine((value) => value !== '', { error: () => t('comments.fields.email') })
    .transform((value) => value.toLowerCase())
    .refine((value) => value === '' || z.email().safeParse(value).success, { error: () => t('comments.fields.emailForm') }),
  name: line(NAME_MAX_CHARACTERS, 'name').refine((value) => value !== '', { error: () => t('comments.fields.name') }),
  website: line(WEBSITE_MAX_CHARACTERS, 'website')
    .transform(withScheme)
    .refine((value) => value === '' || isWebAddress(value), { error: () => t('comments.fields.website') }),
});

/** A comment as the box sends it. A signed-in person sends no guest. */
export const newCommentSchema = z.object({
  post: z.string().refine(isWritten, { error: () => t('comments.fields.incomplete') }),
  parent: z.string().default(''),
  comment: textSchema,
  reword: z.string().default(''),
});

export type Guest = z.infer<typeof guestSchema>;
/** How the form of the box came back: its token, what stands in the field that people do not meet, and how long it was open where that is known. */
export type SentForm = { token: string; trap: string; seconds: number | null };

export type NewComment = {
  post: string;
  parent: string;
  comment: string;
  guest: Guest | null;
  /** The name on this post only under which a signed-in person wants to write; null: under their own. */
  pseudonym?: string | null;
  /** The name that a signed-in person who has none yet gives themself. */
  ownName?: string | null;
  /** The declined comment that it says in other words, by its public id. */
  reword?: string;
  /** Absent where it was not sent from the box of a page. */
  form?: SentForm;
};

/** The fields of our forms in which a person writes; what they hold is given back when a form cannot be taken at all. */
export const WRITTEN_FIELDS: readonly string[] = ['comment', 'text', 'email', 'name', 'website', 'pseudonym', 'words'];

/** One comment in a page of a discussion, with what its reply list holds. Never an e-mail. */
export type CommentNode = CommentView | AnchorNode;

export type CommentView = {
  kind: 'comment';
  id: string;
  legacyNumber: number | null;
  depth: number;
  name: string;
  /** The path of its writer's own picture; null for a guest, a pseudonym, or one who shows none. */
  picture: string | null;
  website: string | null;
  isPostAuthor: boolean;
  createdAt: Date;
  isEdited: boolean;
  /** Of its text, as a decision names it. */
  revision: number;
  html: SafeHtml;
  inReplyTo: { id: string; name: string } | null;
  /** Where a reply stands; null for the beginning of a thread. */
  place: ReplyPlace | null;
  replies: CommentNode[];
};

/** Which of the visible replies to one comment this is, from 1, and how deep it stands. `to`: whom it answers; null where that is not shown. */
export type ReplyPlace = { at: number; of: number; to: string | null; level: number };

/** Where a comment stood that is not shown, kept because visible replies stand below it. */
export type AnchorNode = { kind: 'anchor'; id: string; legacyNumber: number | null; depth: number; /** Its writer took it back. */ isWithdrawn: boolean; replies: CommentNode[] };

/** What a writer is told of a comment that a person declined. */
export type DeclinedView = { reason: DeclineReason; words: string };

/** One's own comment that waits, or was declined. */
export type OwnWaitingComment = WaitingComment & { declined: DeclinedView | null };

/** A declined comment that its writer says in other words: what stands in the box to begin with. */
export type RewordedComment = { id: string; source: string; /** A guest's. */ name: string | null };

/** One's own comment that is not published yet. */
export type WaitingComment = { id: string; parentId: string | null; parentName: string | null; name: string; picture: string | null; createdAt: Date; html: SafeHtml };

/** The comment that a reply page shows above its box. */
export type ReplyTarget = { id: string; name: string; html: SafeHtml; createdAt: Date };

/** `way`: how its page speaks of the post, `text`: what it says; null and nothing for one that was imported. */
export type MentionView = { id: string; legacyNumber: number | null; name: string; website: string | null; createdAt: Date; way: MentionWay | null; text: string };

export type DiscussionView = DiscussionPlace & {
  pages: number;
  threads: CommentNode[];
  mentions: MentionView[];
  /** The id of the comment that was published last, where there is more than one. */
  newest: string | null;
};

/** A comment that was found by its words, under the name that it stands under, with what stands around them. */
export type FoundComment = { id: string; name: string; postTitle: string; createdAt: Date; snippet: Part[] };
/** `corrected`: as of a SearchView. */
export type FoundComments = { comments: FoundComment[]; page: number; hasMore: boolean; corrected: string | null };
