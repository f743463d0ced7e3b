import { z } from '../zod';
import type { Frequency, PauseReason, ThreadScope } from '../db/generated/enums';

export type { Frequency, PauseReason, ThreadScope };

/** How often, in the order in which it is offered. */
export const FREQUENCIES = ['instant', 'daily', 'weekly'] as const satisfies readonly Frequency[];
/** Of what on a post, in the order in which it is offered. */
export const SCOPES = ['all', 'replies'] as const satisfies readonly ThreadScope[];

/** Of what new comments on a post somebody asks to be told, and how often. */
export type ThreadWish = { scope: ThreadScope; frequency: Frequency };
/** What is asked for with a comment, or in the form of followers. */
export type Wishes = { comments: ThreadWish | null; posts: Frequency | null };
export const NO_WISHES: Wishes = { comments: null, posts: null };

export const frequencySchema = z.enum(FREQUENCIES).catch('instant');
export const scopeSchema = z.enum(SCOPES).catch('all');

/** The same as the box shows it: both are told as often. */
export const enteredWishesSchema = z.object({ comments: z.boolean(), scope: z.enum(SCOPES), posts: z.boolean(), frequency: z.enum(FREQUENCIES) });
export type EnteredWishes = z.infer<typeof enteredWishesSchema>;
export const NOTHING_WISHED: EnteredWishes = { comments: false, scope: 'all', posts: false, frequency: 'instant' };

/** What a box asks for. */
export const wishesOf = ({ comments, scope, posts, frequency }: EnteredWishes): Wishes => ({ comments: comments ? { scope, frequency } : null, posts: posts ? frequency : null });

/** The fields of the box by which they are asked for. */
export const WISH_FIELDS = { comments: 'notify-comments', scope: 'notify-scope', frequency: 'notify-frequency', posts: 'notify-posts' } as const;

/** How the form of followers stands between two requests. */
export type FollowState = { message: string | null; fields: Record<string, string>; email: string };
export const NOTHING_FOLLOWED: FollowState = { message: null, fields: {}, email: '' };

/** A form on the page of an address, or of a comment, between two requests. */
export type ActState = { done: string | null; message: string | null };
export const NOTHING_DONE: ActState = { done: null, message: null };
/** The same of a text that is changed: what was typed is kept. */
export type EditState = ActState & { text: string };

/** One thread that an address is told of. */
export type ThreadView = ThreadWish & { postId: string; title: string; path: string };

/** All that an address is told of, as its own page shows it. */
export type CentreView = {
  /** Of the path of the page, and of whatever is done there. */
  token: string;
  /** Its beginning and its end: a page that was passed on by mistake does not say whose it is. */
  address: string;
  isConfirmed: boolean;
  pause: PauseReason | null;
  posts: Frequency | null;
  threads: ThreadView[];
};

/** What is changed there: new posts, or a thread; `off` leaves it. */
export const changeSchema = z.object({
  what: z.union([z.literal('posts'), z.uuid()]),
  frequency: z.union([z.enum(FREQUENCIES), z.literal('off')]),
  scope: scopeSchema.optional(),
});
export type Change = z.infer<typeof changeSchema>;

/** What a link of a mail leaves: everything, new posts, or the thread of a post. */
export const leaveSchema = z.union([z.literal('all'), z.literal('posts'), z.uuid()]);
export type Leave = z.infer<typeof leaveSchema>;
