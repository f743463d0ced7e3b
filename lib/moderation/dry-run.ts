import type { Ruleset } from './ruleset';
import { LISTED_COMMENTS, type Deciding, type Fate, type Tried, type TriedComment } from './rules-form';
import { screen, type ScreenedAuthor, type ScreenedDraft, type Verdict } from './screening';
import { HELD_RULES, type Reason } from './schema';

/** A comment that is here, and what was known when it came, as far as that is still known. */
export type PastComment = Omit<TriedComment, 'fate' | 'reasons'> & { draft: ScreenedDraft; author: ScreenedAuthor };

const isOut = ({ status }: Verdict): boolean => status === 'spam' || status === 'trash';

/** The reasons of rules that said nothing before. That of whom no rule knows is none. */
const newlyCaught = (saved: Verdict, edited: Verdict): Reason[] =>
  edited.reasons.filter(({ rule }) => rule !== 'first-comment' && saved.reasons.every((reason) => reason.rule !== rule));

/**
 * What becomes of a comment by other rules than those of now, or null: the same. One that waits by both is held by the
 * others where one of them holds it that said nothing: so a word is told by all that it finds, strangers' too.
 */
export function fateOf(saved: Verdict, edited: Verdict): Fate | null {
  if (edited.status === 'approved') return saved.status === 'approved' ? null : 'let-through';
  if (edited.status !== 'pending') return saved.status === edited.status ? null : edited.status;
  if (isOut(saved)) return 'waits';
  return saved.status === 'approved' || newlyCaught(saved, edited).length > 0 ? 'held' : null;
}

/** What decided first is said first; where a rule catches it anew, that. */
function newReasons(saved: Verdict, edited: Verdict): Reason[] {
  const [first] = edited.reasons;
  return [first, ...newlyCaught(saved, edited).filter(({ rule }) => rule !== first.rule)];
}

function decidingOf(verdicts: readonly Verdict[]): Deciding {
  const deciding: Deciding = {};
  for (const { reasons: [{ rule }] } of verdicts) {
    const held = HELD_RULES.find((one) => one === rule);
    if (held) deciding[held] = (deciding[held] ?? 0) + 1;
  }
  return deciding;
}

/** Screens comments that are here by the rules of now and by others, and tells what the others would have changed. Pure. */
export function tryOn(past: readonly PastComment[], saved: Ruleset, edited: Ruleset): Tried {
  const fates: Record<Fate, number> = { held: 0, spam: 0, trash: 0, 'let-through': 0, waits: 0 };
  const listed: TriedComment[] = [];
  const before = past.map(({ draft, author }) => screen(draft, author, saved));
  const after = saved === edited ? before : past.map(({ draft, author }) => screen(draft, author, edited));
  past.forEach(({ draft: _draft, author: _author, ...comment }, at) => {
    const [was, is] = [before[at]!, after[at]!];
    const fate = fateOf(was, is);
    if (fate === null) return;
    fates[fate] += 1;
    if (listed.length < LISTED_COMMENTS) listed.push({ ...comment, fate, reasons: newReasons(was, is) });
  });
  return { of: past.length, fates, listed, saved: decidingOf(before), edited: decidingOf(after) };
}
