import type { CommentStatus, ModerationSettings, Reason } from './schema';

/** What was written, as screening reads it. */
export type ScreenedDraft = {
  name: string;
  email: string;
  website: string;
  source: string;
  /** The text as readers would see it, without markup. */
  text: string;
  /** Links in the rendered text. */
  links: number;
  ip: string;
};

/** What is known of the writer at this moment. Only a signed-in person is proven. */
export type ScreenedAuthor = {
  /** Runs this blog, or the post. */
  isStaff: boolean;
  isSignedIn: boolean;
  isTrusted: boolean;
  isAlwaysHeld: boolean;
  hasApprovedComment: boolean;
  /** An approved reader, or someone who runs the blog, uses this name or address. */
  usesKnownIdentity: boolean;
  /** Writes under a name on this post only. Whatever else is known of them then counts for nothing: a reason would tell. */
  isPseudonym: boolean;
  /** Says a declined comment of their own in other words. */
  isRewording: boolean;
};

/** What is known of who writes under a pseudonym: nothing. */
export const UNDER_PSEUDONYM: ScreenedAuthor = {
  isStaff: false, isSignedIn: true, isTrusted: false, isAlwaysHeld: false, hasApprovedComment: false, usesKnownIdentity: false, isPseudonym: true, isRewording: false,
};

export type Verdict = { status: Extract<CommentStatus, 'approved' | 'pending' | 'trash'>; reason: Reason };

type Check = (draft: ScreenedDraft, author: ScreenedAuthor, settings: ModerationSettings) => Verdict | null;

const approve = (reason: Reason): Verdict => ({ status: 'approved', reason });
const hold = (reason: Reason): Verdict => ({ status: 'pending', reason });

/** The letters that matter to a word rule: case, width and accents folded. */
export const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{Mark}/gu, '').toLowerCase();

function findWord(words: readonly string[], draft: ScreenedDraft): string | null {
  const places = [draft.name, draft.email, draft.website, draft.source, draft.text, draft.ip].map(folded);
  const found = words.find((word) => {
    const needle = folded(word.trim());
    return needle !== '' && places.some((place) => place.includes(needle));
  });
  return found?.trim() ?? null;
}

// The order is the policy: the first verdict ends it. It is WordPress's (wp_allow_comment, check_comment) with its
// defaults, but for three things: what says a declined comment in other words is always held, what WordPress overrides at the end (disallowed words) stands first here, and
// where WordPress believes a typed name and address, only a signed-in person is believed.
const checks: readonly Check[] = [
  function staffSpeaks(_, author) {
    return author.isStaff ? approve({ rule: 'staff' }) : null;
  },
  // Before all rules: whoever was asked to say it again is read by a person, whatever words are in it.
  function saidInOtherWords(_, author) {
    return author.isRewording ? hold({ rule: 'reworded' }) : null;
  },
  function disallowedWord(draft, _, settings) {
    const word = findWord(settings.disallowedWords, draft);
    return word === null ? null : { status: 'trash', reason: { rule: 'disallowed-word', word } };
  },
  function personAlwaysHeld(_, author) {
    return author.isAlwaysHeld ? hold({ rule: 'always-held' }) : null;
  },
  function everythingHeld(_, __, settings) {
    return settings.holdAll ? hold({ rule: 'hold-all' }) : null;
  },
  function tooManyLinks(draft, _, settings) {
    const isOver = settings.maxLinks > 0 && draft.links >= settings.maxLinks;
    return isOver ? hold({ rule: 'links', count: draft.links, limit: settings.maxLinks }) : null;
  },
  function heldWord(draft, _, settings) {
    const word = findWord(settings.heldWords, draft);
    return word === null ? null : hold({ rule: 'held-word', word });
  },
  function nameOnThisPostOnly(_, author) {
    return author.isPseudonym ? hold({ rule: 'pseudonym' }) : null;
  },
  function trustedPerson(_, author) {
    return author.isSignedIn && author.isTrusted ? approve({ rule: 'trusted' }) : null;
  },
  function typedIdentityOfAnother(_, author) {
    return !author.isSignedIn && author.usesKnownIdentity ? hold({ rule: 'unproven-identity' }) : null;
  },
  function knownWriter(_, author) {
    return author.isSignedIn && author.hasApprovedComment ? approve({ rule: 'known-writer' }) : null;
  },
];

/**
 * Decides what becomes of a new comment: the first check with a verdict ends it, and a writer whom no check knows is held.
 * Pure. Source of order and defaults: WordPress, `wp_allow_comment` and `check_comment`.
 */
export function screen(draft: ScreenedDraft, author: ScreenedAuthor, settings: ModerationSettings): Verdict {
  const known = author.isPseudonym ? { ...UNDER_PSEUDONYM, isRewording: author.isRewording } : author;
  for (const check of checks) {
    const verdict = check(draft, known, settings);
    if (verdict) return verdict;
  }
  return hold({ rule: 'first-comment' });
}
