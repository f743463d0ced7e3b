import type { PostStatus } from '../db/generated/enums';
import type { PostAct } from './post-form';
import { isOut, isPublished, postPath } from './rules';

/** What the desk says of how far a post has come. */
export type PostState = Exclude<PostStatus, 'trash'>;
type To = PostAct['to'];

/** To what an act brings a post that is so now; null: it is refused. What is in the trash is brought back first. */
export const nextState: Record<PostStatus, Record<To, PostState | null>> = {
  draft: { draft: 'draft', scheduled: 'scheduled', published: 'published', unlisted: 'unlisted', private: 'private', password: 'password', update: 'draft' },
  scheduled: { draft: 'draft', scheduled: 'scheduled', published: 'published', unlisted: 'unlisted', private: 'private', password: 'password', update: 'scheduled' },
  published: { draft: 'draft', scheduled: 'scheduled', published: 'published', unlisted: 'unlisted', private: 'private', password: 'password', update: 'published' },
  unlisted: { draft: 'draft', scheduled: 'scheduled', published: 'published', unlisted: 'unlisted', private: 'private', password: 'password', update: 'unlisted' },
  private: { draft: 'draft', scheduled: 'scheduled', published: 'published', unlisted: 'unlisted', private: 'private', password: 'password', update: 'private' },
  password: { draft: 'draft', scheduled: 'scheduled', published: 'published', unlisted: 'unlisted', private: 'private', password: 'password', update: 'password' },
  trash: { draft: null, scheduled: null, published: null, unlisted: null, private: null, password: null, update: null },
};

type Stands = { status: PostStatus; publishedAt: Date | null };

/** How far a post has come: one that is published with a date still to come is scheduled. */
export function stateOf({ status, publishedAt }: Stands, now: Date): PostState {
  if (status === 'published' && publishedAt && publishedAt > now) return 'scheduled';
  return status === 'trash' ? 'draft' : status;
}

/** Whether it is changed in its own row, and not in a copy beside it. */
export const isDraft = ({ status }: { status: PostStatus }): boolean => status === 'draft';

// What readers find is one rule for all (lib/posts/rules.ts).
export { isOut, isPublished as isListed };

/** Where readers find it; null where they do not. */
export const readersPath = (post: Stands & { kind: 'post' | 'page'; slug: string }, now: Date): string | null => (isOut(post, now) ? postPath(post) : null);

/** When a post comes out that becomes `state`: a day that is past stays, and what was to come is now. `at`: the chosen moment of one that is scheduled. */
export function publicationOf(before: Date | null, state: PostState, to: To, at: Date | null, now: Date): Date | null {
  const past = before && before <= now ? before : null;
  if (to === 'update') return before;
  if (state === 'scheduled') return at;
  return state === 'draft' ? past : (past ?? now);
}

/** As what a post comes back from the trash: what it was; one whose time is over that nobody saw come out is a draft. */
export function restoredState({ trashedFrom, publishedAt }: { trashedFrom: PostStatus | null; publishedAt: Date | null }, now: Date): { state: PostState; publishedAt: Date | null } {
  const state = trashedFrom === null || trashedFrom === 'trash' ? 'draft' : trashedFrom;
  const isOverdue = state === 'scheduled' && (publishedAt === null || publishedAt <= now);
  return isOverdue ? { state: 'draft', publishedAt: null } : { state, publishedAt };
}
