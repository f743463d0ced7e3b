import { z } from '../zod';
import { isCommentId } from '../ids';
import { dayRangeFields } from '../days';
import { DETAIL_KINDS, type DetailKind } from '../text/detail-kinds';
import { Care, CommentStatus, type Decision, type DeclineReason, type ReportReason } from '../db/generated/enums';

export { Care, CommentStatus, DETAIL_KINDS };
export type { Decision, DetailKind, DeclineReason, ReportReason };

/** Why a comment is declined, in the order in which it is offered. */
export const DECLINE_REASONS = ['unkind', 'personal', 'offTopic', 'promotion', 'unclear', 'other'] as const satisfies readonly DeclineReason[];
/** Why a comment is reported, in the order in which it is offered. */
export const REPORT_REASONS = ['private', 'unkind', 'spam', 'other'] as const satisfies readonly ReportReason[];

/** So long a decision can be taken back. */
export const UNDO_DAYS = 30;
/** So long a mail that a decision causes waits, so that an undo stops it. */
export const DECISION_MAIL_SECONDS = 120;
export const DECLINE_WORDS_MAX_CHARACTERS = 2000;
export const REPORT_WORDS_MAX_CHARACTERS = 1000;
/** So many reports are taken from one place on the network in an hour. */
export const REPORTS_PER_NETWORK = 10;

/** Why it was decided so: what screening found, or what a person said; stored with the event, shown to the moderator in words. */
export const reasonSchema = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('staff') }),
  z.object({ rule: z.literal('disallowed-word'), word: z.string() }),
  z.object({ rule: z.literal('always-held') }),
  z.object({ rule: z.literal('hold-all') }),
  z.object({ rule: z.literal('links'), count: z.number(), limit: z.number() }),
  z.object({ rule: z.literal('held-word'), word: z.string() }),
  z.object({ rule: z.literal('pseudonym') }),
  z.object({ rule: z.literal('trusted') }),
  z.object({ rule: z.literal('unproven-identity') }),
  z.object({ rule: z.literal('known-writer') }),
  z.object({ rule: z.literal('first-comment') }),
  z.object({ rule: z.literal('reworded') }),
  /** Another site has told of its page. */
  z.object({ rule: z.literal('mention') }),
  /** By an e-mail address, a domain or a network address that the owner refuses. */
  z.object({ rule: z.literal('refused'), entry: z.string() }),
  /** Filled in a field that no person sees. */
  z.object({ rule: z.literal('trap') }),
  /** `score` 0 to 1, and what speaks for it most, as spam-signs.ts keeps it. */
  z.object({ rule: z.literal('spam-score'), score: z.number(), because: z.array(z.string()) }),
  z.object({ rule: z.literal('akismet') }),
  z.object({ rule: z.literal('akismet-silent') }),
  z.object({ rule: z.literal('sensitive') }),
  z.object({ rule: z.literal('careful') }),
  z.object({ rule: z.literal('private-details'), kinds: z.array(z.enum(DETAIL_KINDS)) }),
  z.object({ rule: z.literal('mostly-links'), percent: z.number() }),
  /** Of what this writer wrote in the last days, so many were not published. */
  z.object({ rule: z.literal('recent-refusals'), refused: z.number(), of: z.number() }),
  /** The same text stands under so many other posts. */
  z.object({ rule: z.literal('same-text'), posts: z.number() }),
  z.object({ rule: z.literal('disposable-mail'), domain: z.string() }),
  /** Sent by something that was not given our form for this post. */
  z.object({ rule: z.literal('foreign-form') }),
  z.object({ rule: z.literal('too-fast'), seconds: z.number() }),
  /** So many came from one place on the network. */
  z.object({ rule: z.literal('busy-network'), comments: z.number(), minutes: z.number() }),
  z.object({ rule: z.literal('flood'), comments: z.number(), minutes: z.number() }),
  z.object({ rule: z.literal('reported'), readers: z.number(), reason: z.enum(REPORT_REASONS) }),
  z.object({ rule: z.literal('declined'), reason: z.enum(DECLINE_REASONS) }),
]);

export type Reason = z.infer<typeof reasonSchema>;
export type Rule = Reason['rule'];

/** The rules by which a comment comes to be in a queue, as the filter offers them (Comment.rule). */
export const HELD_RULES = [
  'reported', 'first-comment', 'mention', 'links', 'mostly-links', 'held-word', 'disallowed-word', 'refused', 'spam-score', 'akismet', 'akismet-silent', 'private-details', 'unproven-identity', 'pseudonym', 'reworded',
  'recent-refusals', 'same-text', 'disposable-mail', 'trap', 'foreign-form', 'too-fast', 'busy-network', 'flood', 'sensitive', 'careful', 'always-held', 'hold-all', 'known-writer', 'trusted', 'staff',
] as const satisfies readonly Rule[];
export type HeldRule = (typeof HELD_RULES)[number];

export const reasonsSchema = z.array(reasonSchema);

/** The rules of the owner by which comments are screened: the row ScreeningRules. */
export type ScreeningRules = {
  holdAll: boolean;
  /** A comment with this many links or more is held; 0 switches the rule off. */
  maxLinks: number;
  /** A phrase in quotation marks is found as whole words only; any other wherever its letters stand. */
  heldWords: string[];
  disallowedWords: string[];
  /** E-mail addresses, domains, network addresses and ranges. */
  trusted: string[];
  refused: string[];
  /** One writer waits so long between two comments; on a sensitive post the other number counts. */
  floodSeconds: number;
  sensitiveFloodSeconds: number;
  /** Percent: a stranger's comment whose spam score is this or more goes to Spam at once; 100: none does. */
  spamAbove: number;
  newPostCare: Care;
  /** A post that is made sensitive closes after so many days; 0: it stays open. */
  sensitiveDays: number;
};

/** The rules before an owner has said anything; the same as the column defaults. */
export const SCREENING_DEFAULTS: ScreeningRules = {
  holdAll: false, maxLinks: 2, heldWords: [], disallowedWords: [], trusted: [], refused: [], floodSeconds: 15, sensitiveFloodSeconds: 120, spamAbove: 80, newPostCare: 'open', sensitiveDays: 14,
};

/** The queues of the desk, in the order in which they stand. */
export const QUEUES = ['pending', 'approved', 'spam', 'trash', 'all'] as const;
export type Queue = (typeof QUEUES)[number];

/** How many comments there are in each queue, and how many wait for an answer; null for who answers none. */
export type DeskCounts = Record<Queue, number> & { replies?: number | null };

export const queueSchema = z.enum(QUEUES).catch('pending');

/** What a moderator can do to a comment by one button. */
export const ACTS = ['approve', 'unapprove', 'spam', 'trash', 'restore', 'delete'] as const;
export type Act = (typeof ACTS)[number];

/** A comment as it was seen when its buttons were made: a decision on anything else is a conflict. */
export const seenSchema = z.object({ comment: z.string().refine(isCommentId), revision: z.coerce.number().int(), seenStatus: z.enum(CommentStatus) });
export type SeenComment = z.infer<typeof seenSchema>;

/** The same of a comment that is answered, and approved by it; `link`: the id of the link of a mail by which that is done. */
export type AnsweredComment = SeenComment & { link?: string };

/** What can be done by the link of a mail; `text` is the reply. */
export const linkDecisionSchema = z.object({
  decision: z.enum(['approve', 'refuse', 'reply']),
  revision: z.coerce.number().int(),
  text: z.string().default(''),
});
export type LinkDecision = z.infer<typeof linkDecisionSchema>;

/** The page of such a link between two requests: why it was refused, and the reply that was typed. */
export type LinkState = { message: string | null; text: string; textMessage: string | null };

export const decideSchema = seenSchema.extend({ decision: z.enum(ACTS) });

/** What can be done to a comment on readers' own pages. */
export const PAGE_ACTS = ['unapprove', 'spam', 'trash'] as const satisfies readonly Act[];
export const pageActSchema = seenSchema.extend({ decision: z.enum(PAGE_ACTS) });
export const pageUndoSchema = z.object({ undo: z.uuid(), comment: z.string().refine(isCommentId) });

/** A comment as whoever moderates finds it on readers' pages: as it is now, and the decision that they can take back there. */
export type OnPage = { id: string; name: string; revision: number; status: CommentStatus; undo: string | null };

/** The form of an act there between two requests: why it was refused, and how the comment stands now. */
export type OnPageState = { message: string | null; comment: OnPage | null };

/** The answer to readers' reports that a published comment stays as it is. */
export const keepSchema = seenSchema.extend({ keep: z.literal('1') });
/** So many comments are decided on in one transaction. */
export const BATCH_COMMENTS = 100;

/** What a browser sends as JSON in a field; null where it is none. */
const json = z.string().transform((text): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
});

/** One act on a selection. */
export const decideManySchema = z.object({ many: json.pipe(z.array(seenSchema).min(1).max(BATCH_COMMENTS)), decision: z.enum(ACTS) });

/** One event, or all of a batch. */
export const undoSchema = z.union([z.object({ undo: z.uuid() }), z.object({ undoBatch: z.uuid() })]);

/** A decision made: its event (what an undo names) and where the comment is now. */
export type Decided = { event: string; comment: string; name: string; decision: Decision; from: CommentStatus; to: CommentStatus };

/** A reply written in the queue; `seenStatus` pending means that the comment is approved first. */
export const deskReplySchema = seenSchema.extend({ post: z.string(), text: z.string() });

/** Declining a comment: why, and the words that its writer reads. */
export const declineSchema = seenSchema.extend({ decline: z.enum(DECLINE_REASONS), words: z.string() });

/** A comment's text, changed by a moderator. */
export const editSchema = seenSchema.extend({ source: z.string() });

/**
 * How far an act on all that match a filter, or its undo, has come. `left`: not done, for something else was decided
 * meanwhile, or it does not apply, or it was stopped before.
 */
export type BulkProgress = { id: string; decision: Decision; total: number; done: number; left: number; isFinished: boolean; isStopped: boolean };

/** What was done last at the desk. `batch`: what was done together, and is undone together. */
export type DoneAct = { decision: Decision; name: string; count: number; event: string | null; batch: string | null; isUndo: boolean };

/** The field of a form of the desk that another one follows at once: only the last one has the page made anew. */
export const GOES_ON = 'goesOn';

/** The desk between two acts: what was done last, and can be taken back, or why it was refused. */
export type DeskState = {
  done: DoneAct | null;
  message: string | null;
  /** When the blog did it. */
  at?: number;
  /** A reply just sent: to which comment, and its own id. */
  sent?: { to: string; id: string };
  /** Of several, those that were left as they are. */
  left?: string[];
  /** An act that goes on by itself: its progress is asked for. */
  bulk?: BulkProgress;
  /** A form of one card that was refused, with what was typed. */
  refused?: { to: string; form: 'reply' | 'edit' | 'decline'; text: string; message: string };
};

/** In which order a queue stands. What is urgent is first in any. */
export const SORTS = ['newest', 'oldest', 'risk'] as const;
export type Sort = (typeof SORTS)[number];

export const QUERY_MAX_CHARACTERS = 200;
/** Of a network's hash, so much stands in addresses and on cards. */
export const NETWORK_MARK_CHARACTERS = 12;

/** What a queue is asked for, from an address; what is wrong in it is left out. */
export const queueFilterSchema = z.object({
  queue: queueSchema,
  /** Words in text and names. */
  q: z.string().trim().max(QUERY_MAX_CHARACTERS).transform((typed) => typed.replaceAll('\0', '')).catch(''),
  /** The slug of a post. */
  post: z.string().min(1).max(200).refine((slug) => !slug.includes('\0')).nullable().catch(null),
  /** A user, a name on one post, or a comment: whoever wrote that. */
  person: z.union([z.uuid(), z.string().refine(isCommentId)]).nullable().catch(null),
  /** The beginning of a network's hash, as a card shows it. */
  network: z.string().regex(/^[0-9a-f]{12}$/).nullable().catch(null),
  rule: z.enum(HELD_RULES).nullable().catch(null),
  ...dayRangeFields,
});
export type QueueFilter = z.infer<typeof queueFilterSchema>;
export const sortSchema = z.enum(SORTS).catch('newest');

/** Who wrote a comment, as far as the desk may join it to others: a person under their own name, a name on one post, a guest by address, or nobody known. */
export type WriterKind = 'user' | 'pseudonym' | 'email' | 'comment';
export type Writer = { kind: WriterKind; key: string };

/** What a writer wrote is counted so far, and no further. */
export const COUNTED_MAX = 99;
/** PostgreSQL knows no year 0. */
const isKept = (at: Date) => at.getTime() > 0;
/** One act on all that match a filter, as they were counted at a moment. */
export const bulkSchema = z.object({ filter: json.pipe(queueFilterSchema), until: z.iso.datetime().transform((at) => new Date(at)).refine(isKept), decision: z.enum(ACTS) });

/** A filter as a bulk act keeps it: with the last comment, or event, that it has come to. */
export const bulkFilterSchema = queueFilterSchema.extend({ after: z.uuid().nullable().catch(null) });
