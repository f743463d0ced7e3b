import type { Care, CommentStatus, DetailKind, Reason } from './schema';
import type { Ruleset } from './ruleset';

/** What was written, as screening reads it. */
export type ScreenedDraft = {
  name: string;
  email: string;
  website: string;
  source: string;
  /** The text as readers would see it, without markup. */
  text: string;
  /** Of each link in the rendered text, the host that it leads to. */
  linkHosts: readonly string[];
  /** How much of that text is the words of links, 0 to 1. */
  linkShare: number;
  ip: string;
  /** Of the post that it stands under. */
  care: Care;
  noticed: Noticed;
};

/** What was noticed about how it came and what it resembles. */
export type Noticed = {
  /** It is what a page of another site says, of which that site has told. */
  isMention: boolean;
  /** The field that people do not see was filled in. */
  isTrapped: boolean;
  /** It did not come from the form that this blog makes for this post. */
  isForeignForm: boolean;
  /** So soon after the form was opened that no person could have typed it; null otherwise. */
  tooFastSeconds: number | null;
  details: readonly DetailKind[];
  /** The same text stands under so many other posts. */
  sameTextPosts: number;
  /** The domain of its address, where that gives out throw-away addresses. */
  disposableDomain: string | null;
  /** What its writer wrote in the last days, where too much of it was not published. */
  refusals: { refused: number; of: number } | null;
  /** More than usual came from one place on the network. */
  busyNetwork: { comments: number; minutes: number } | null;
  flood: { comments: number; minutes: number } | null;
  /** 0 to 1, and what speaks most for it. */
  spam: { score: number; because: string[] };
  /** Null: not asked. */
  akismet: 'spam' | 'ham' | 'silent' | null;
};

export const NOTHING_NOTICED: Noticed = {
  isMention: false, isTrapped: false, isForeignForm: false, tooFastSeconds: null, details: [], sameTextPosts: 0, disposableDomain: null, refusals: null, busyNetwork: null, flood: null, spam: { score: 0, because: [] }, akismet: null,
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
  /** A signed-in person's. */
  provenEmail: string | null;
  /** Writes under a name on this post only. Whatever else is known of them then counts for nothing: a reason would tell. */
  isPseudonym: boolean;
  /** Says a declined comment of their own in other words. */
  isRewording: boolean;
};

/** Somebody of whom nothing is known. */
export const STRANGER: ScreenedAuthor = {
  isStaff: false, isSignedIn: false, isTrusted: false, isAlwaysHeld: false, hasApprovedComment: false, usesKnownIdentity: false, provenEmail: null, isPseudonym: false, isRewording: false,
};

/** What is known of who writes under a pseudonym: nothing. */
export const UNDER_PSEUDONYM: ScreenedAuthor = { ...STRANGER, isSignedIn: true, isPseudonym: true };

/** What becomes of a comment; the first reason decided, the others would have held it too. */
export type Verdict = { status: Extract<CommentStatus, 'approved' | 'pending' | 'spam' | 'trash'>; reasons: [Reason, ...Reason[]] };

type Found = { status: Verdict['status']; reason: Reason };
type Check = (draft: ScreenedDraft, author: ScreenedAuthor, rules: Ruleset) => Found | null;

const approve = (reason: Reason): Found => ({ status: 'approved', reason });
const hold = (reason: Reason): Found => ({ status: 'pending', reason });
const toSpam = (reason: Reason): Found => ({ status: 'spam', reason });

/** From this score on a comment looks like spam, and is held. */
const LOOKS_LIKE_SPAM = 0.5;
/** More of a text than this in links, of at least so many, is held whoever writes it; of a stranger one is enough. */
const MOST_OF_A_TEXT = 0.5;
const LINKS_OF_A_KNOWN_WRITER = 2;

const textsOf = ({ name, email, website, source, text, ip }: ScreenedDraft): string[] => [name, email, website, source, text, ip];

const isTrustedWriter = ({ isSignedIn, isTrusted, provenEmail }: ScreenedAuthor, rules: Ruleset): boolean =>
  isSignedIn && (isTrusted || (provenEmail !== null && rules.trustedEntries.ofEmail(provenEmail) !== null));

const isKnownWriter = ({ isSignedIn, hasApprovedComment }: ScreenedAuthor): boolean => isSignedIn && hasApprovedComment;

/** Neither trusted nor somebody whom a person has let speak before: their spam goes to Spam at once. */
const isStranger = (author: ScreenedAuthor, rules: Ruleset): boolean => !isTrustedWriter(author, rules) && !isKnownWriter(author);

const isSurelySpam = ({ noticed: { spam } }: ScreenedDraft, { spamAbove }: Ruleset): boolean => spamAbove < 100 && spam.score >= LOOKS_LIKE_SPAM && spam.score * 100 >= spamAbove;

/** By which refused entry a comment is refused, or null. */
function refusedEntry({ email, website, linkHosts, ip }: ScreenedDraft, { provenEmail }: ScreenedAuthor, { refusedEntries }: Ruleset): string | null {
  const hosts = [...(URL.canParse(website) ? [new URL(website).hostname] : []), ...linkHosts];
  const byEmail = [email, provenEmail ?? ''].map(refusedEntries.ofEmail);
  return [...byEmail, ...hosts.map(refusedEntries.ofHost), refusedEntries.ofIp(ip)].find((entry) => entry !== null) ?? null;
}

// The order is the policy: the first verdict ends it. It began as WordPress's (wp_allow_comment, check_comment), of which
// three things differ: what says a declined comment in other words is always held, what WordPress overrides at the end
// (disallowed words) stands first, and where WordPress believes a typed name and address, only a signed-in person is
// believed. What is surely unwanted comes before what is held, or a link too many would keep spam in Pending.
const checks: readonly Check[] = [
  function staffSpeaks(_, author) {
    return author.isStaff ? approve({ rule: 'staff' }) : null;
  },
  // Before all rules: whoever was asked to say it again is read by a person, whatever words are in it.
  function saidInOtherWords(_, author) {
    return author.isRewording ? hold({ rule: 'reworded' }) : null;
  },
  function disallowedWord(draft, _, { disallowed }) {
    const word = disallowed.find(textsOf(draft));
    return word === null ? null : { status: 'trash', reason: { rule: 'disallowed-word', word } };
  },
  function refusedWriter(draft, author, rules) {
    const entry = refusedEntry(draft, author, rules);
    return entry === null ? null : { status: 'trash', reason: { rule: 'refused', entry } };
  },
  function trapped({ noticed }, author, rules) {
    return noticed.isTrapped && isStranger(author, rules) ? toSpam({ rule: 'trap' }) : null;
  },
  function surelySpam(draft, author, rules) {
    return isSurelySpam(draft, rules) && isStranger(author, rules) ? toSpam({ rule: 'spam-score', ...draft.noticed.spam }) : null;
  },
  function akismetSaysSpam({ noticed }, author, rules) {
    return noticed.akismet === 'spam' && isStranger(author, rules) ? toSpam({ rule: 'akismet' }) : null;
  },
  function personAlwaysHeld(_, author) {
    return author.isAlwaysHeld ? hold({ rule: 'always-held' }) : null;
  },
  function everythingHeld(_, __, rules) {
    return rules.holdAll ? hold({ rule: 'hold-all' }) : null;
  },
  function sensitivePost({ care }) {
    return care === 'sensitive' ? hold({ rule: 'sensitive' }) : null;
  },
  function privateDetails({ noticed: { details } }) {
    return details.length > 0 ? hold({ rule: 'private-details', kinds: [...details] }) : null;
  },
  function tooManyLinks({ linkHosts }, _, { maxLinks, trustedEntries }) {
    const count = linkHosts.filter((host) => trustedEntries.ofHost(host) === null).length;
    return maxLinks > 0 && count >= maxLinks ? hold({ rule: 'links', count, limit: maxLinks }) : null;
  },
  function heldWord(draft, _, { held }) {
    const word = held.find(textsOf(draft));
    return word === null ? null : hold({ rule: 'held-word', word });
  },
  function nameOnThisPostOnly(_, author) {
    return author.isPseudonym ? hold({ rule: 'pseudonym' }) : null;
  },
  function trustedPerson(_, author, rules) {
    return isTrustedWriter(author, rules) ? approve({ rule: 'trusted' }) : null;
  },
  function carefulPost({ care }) {
    return care === 'careful' ? hold({ rule: 'careful' }) : null;
  },
  // A guess, so what the owner has said in so many words stands before it.
  function looksLikeSpam(draft, author, rules) {
    const { spam } = draft.noticed;
    const isSaid = isSurelySpam(draft, rules) && isStranger(author, rules);
    return spam.score >= LOOKS_LIKE_SPAM && !isSaid ? hold({ rule: 'spam-score', ...spam }) : null;
  },
  function akismetDoubts({ noticed }, author, rules) {
    return noticed.akismet === 'spam' && !isStranger(author, rules) ? hold({ rule: 'akismet' }) : null;
  },
  function refusedOfLate({ noticed: { refusals } }) {
    return refusals ? hold({ rule: 'recent-refusals', ...refusals }) : null;
  },
  function sameTextElsewhere({ noticed: { sameTextPosts: posts } }) {
    return posts > 0 ? hold({ rule: 'same-text', posts }) : null;
  },
  function mostlyLinks({ linkHosts, linkShare }, author) {
    const isMostly = linkShare > MOST_OF_A_TEXT && linkHosts.length >= (isKnownWriter(author) ? LINKS_OF_A_KNOWN_WRITER : 1);
    return isMostly ? hold({ rule: 'mostly-links', percent: Math.round(linkShare * 100) }) : null;
  },
  function throwAwayAddress({ noticed: { disposableDomain: domain } }) {
    return domain === null ? null : hold({ rule: 'disposable-mail', domain });
  },
  function akismetSilent({ noticed }) {
    return noticed.akismet === 'silent' ? hold({ rule: 'akismet-silent' }) : null;
  },
  function typedIdentityOfAnother(_, author) {
    return !author.isSignedIn && author.usesKnownIdentity ? hold({ rule: 'unproven-identity' }) : null;
  },
  function mentionedElsewhere({ noticed }) {
    return noticed.isMention ? hold({ rule: 'mention' }) : null;
  },
  function knownWriter(_, author) {
    return isKnownWriter(author) ? approve({ rule: 'known-writer' }) : null;
  },
];

// Whoever comes so far is a stranger, and held in any case; the reason tells a moderator with ten minutes what is what.
const checksOfStrangers: readonly Check[] = [
  function floodIsOn({ noticed: { flood } }) {
    return flood ? hold({ rule: 'flood', ...flood }) : null;
  },
  function busyNetwork({ noticed: { busyNetwork: busy } }) {
    return busy ? hold({ rule: 'busy-network', ...busy }) : null;
  },
  function foreignForm({ noticed }) {
    return noticed.isForeignForm ? hold({ rule: 'foreign-form' }) : null;
  },
  function sentTooFast({ noticed: { tooFastSeconds: seconds } }) {
    return seconds === null ? null : hold({ rule: 'too-fast', seconds });
  },
];

/**
 * Decides what becomes of a new comment: the first check with a verdict decides, and a writer whom no check knows is held.
 * `reasons`: that check's, then those of the later checks that would have held it too, up to the first that would have
 * let it through. Pure. Source of order and defaults: WordPress, `wp_allow_comment` and `check_comment`.
 */
export function screen(draft: ScreenedDraft, author: ScreenedAuthor, rules: Ruleset): Verdict {
  const known = author.isPseudonym ? { ...UNDER_PSEUDONYM, isRewording: author.isRewording } : author;
  const foundBy = (some: readonly Check[]): Found[] => some.map((check) => check(draft, known, rules)).filter((one) => one !== null);
  const found = foundBy(checks);
  const [first] = found;
  if (first?.status === 'approved') return { status: 'approved', reasons: [first.reason] };
  const end = found.findIndex(({ status }) => status === 'approved');
  const against = end < 0 ? [...found, ...foundBy(checksOfStrangers)] : found.slice(0, end);
  const last = first ? [] : [hold({ rule: 'first-comment' })];
  const [decides, ...others] = [...against, ...last] as [Found, ...Found[]];
  return { status: decides.status, reasons: [decides.reason, ...others.map(({ reason }) => reason)] };
}
