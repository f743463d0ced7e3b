import { describe, expect, test } from 'vitest';
import { rulesetOf } from '@/lib/moderation/ruleset';
import { NOTHING_NOTICED, screen, STRANGER, type Noticed, type ScreenedAuthor, type ScreenedDraft } from '@/lib/moderation/screening';
import { HELD_RULES, SCREENING_DEFAULTS, type HeldRule, type ScreeningRules } from '@/lib/moderation/schema';

type Given = { draft?: Partial<ScreenedDraft>; noticed?: Partial<Noticed>; author?: Partial<ScreenedAuthor>; rules?: Partial<ScreeningRules> };
/** `speaks`: where the rule decides, and what becomes of the comment; `isSilent`: the nearest case in which it says nothing, and the comment is published. */
type Case = { speaks: Given; status: 'approved' | 'pending' | 'spam' | 'trash'; isSilent: Given };
/** The two rules by which nothing but letting through is done say nothing where it is held. */
type Lets = { speaks: Given; status: 'approved'; isSilentAndHeld: Given };

const KNOWN: Partial<ScreenedAuthor> = { isSignedIn: true, hasApprovedComment: true };
const SIGNED_IN: Partial<ScreenedAuthor> = { isSignedIn: true };
const text = (words: string) => ({ text: words, source: words });
const linksTo = (...linkHosts: string[]) => ({ linkHosts });
const spam = (score: number) => ({ spam: { score, because: ['the word “pills”'] } });

const EACH: Record<Exclude<HeldRule, 'reported'>, Case | Lets> = {
  staff: { speaks: { author: { isStaff: true } }, status: 'approved', isSilentAndHeld: {} },
  reworded: { speaks: { author: { ...KNOWN, isRewording: true } }, status: 'pending', isSilent: { author: KNOWN } },
  'disallowed-word': { speaks: { draft: text('Buy viagra'), author: KNOWN }, status: 'trash', isSilent: { draft: text('Buy via Graz'), author: KNOWN } },
  refused: { speaks: { draft: { email: 'a@refused.example' }, author: KNOWN }, status: 'trash', isSilent: { draft: { email: 'a@notrefused.example' }, author: KNOWN } },
  trap: { speaks: { noticed: { isTrapped: true } }, status: 'spam', isSilent: { noticed: { isTrapped: true }, author: { isSignedIn: true, isTrusted: true } } },
  'spam-score': { speaks: { noticed: spam(0.5), author: KNOWN }, status: 'pending', isSilent: { noticed: spam(0.49), author: KNOWN } },
  akismet: { speaks: { noticed: { akismet: 'spam' }, author: KNOWN }, status: 'pending', isSilent: { noticed: { akismet: 'ham' }, author: KNOWN } },
  'akismet-silent': { speaks: { noticed: { akismet: 'silent' }, author: KNOWN }, status: 'pending', isSilent: { noticed: { akismet: null }, author: KNOWN } },
  'always-held': { speaks: { author: { ...KNOWN, isAlwaysHeld: true } }, status: 'pending', isSilent: { author: KNOWN } },
  'hold-all': { speaks: { author: KNOWN, rules: { holdAll: true } }, status: 'pending', isSilent: { author: KNOWN, rules: { holdAll: false } } },
  sensitive: { speaks: { draft: { care: 'sensitive' }, author: { ...KNOWN, isTrusted: true } }, status: 'pending', isSilent: { draft: { care: 'careful' }, author: { ...KNOWN, isTrusted: true } } },
  careful: { speaks: { draft: { care: 'careful' }, author: KNOWN }, status: 'pending', isSilent: { draft: { care: 'open' }, author: KNOWN } },
  'private-details': { speaks: { noticed: { details: ['phone'] }, author: KNOWN }, status: 'pending', isSilent: { noticed: { details: [] }, author: KNOWN } },
  links: { speaks: { draft: linksTo('a.example', 'b.example'), author: KNOWN }, status: 'pending', isSilent: { draft: linksTo('a.example', 'www.school.example'), author: KNOWN, rules: { trusted: ['school.example'] } } },
  'mostly-links': { speaks: { draft: { ...linksTo('a.example', 'b.example'), linkShare: 0.51 }, author: KNOWN, rules: { maxLinks: 0 } }, status: 'pending', isSilent: { draft: { ...linksTo('a.example', 'b.example'), linkShare: 0.5 }, author: KNOWN, rules: { maxLinks: 0 } } },
  'held-word': { speaks: { draft: text('At the Casinó'), author: KNOWN }, status: 'pending', isSilent: { draft: text('At the cinema'), author: KNOWN } },
  pseudonym: { speaks: { author: { ...KNOWN, isPseudonym: true } }, status: 'pending', isSilent: { author: KNOWN } },
  trusted: { speaks: { author: { isSignedIn: true, provenEmail: 'ruth@school.example' }, rules: { trusted: ['school.example'] } }, status: 'approved', isSilentAndHeld: { author: { isSignedIn: true, provenEmail: 'ruth@elsewhere.example' }, rules: { trusted: ['school.example'] } } },
  'known-writer': { speaks: { author: KNOWN }, status: 'approved', isSilentAndHeld: { author: SIGNED_IN } },
  'recent-refusals': { speaks: { noticed: { refusals: { refused: 2, of: 3 } }, author: KNOWN }, status: 'pending', isSilent: { noticed: { refusals: null }, author: KNOWN } },
  'same-text': { speaks: { noticed: { sameTextPosts: 1 }, author: KNOWN }, status: 'pending', isSilent: { noticed: { sameTextPosts: 0 }, author: KNOWN } },
  'disposable-mail': { speaks: { noticed: { disposableDomain: 'trash.example' }, author: KNOWN }, status: 'pending', isSilent: { noticed: { disposableDomain: null }, author: KNOWN } },
  'unproven-identity': { speaks: { author: { usesKnownIdentity: true } }, status: 'pending', isSilent: { author: { ...KNOWN, usesKnownIdentity: true } } },
  mention: { speaks: { noticed: { isMention: true }, author: KNOWN }, status: 'pending', isSilent: { author: KNOWN } },
  flood: { speaks: { noticed: { flood: { comments: 60, minutes: 5 } } }, status: 'pending', isSilent: { noticed: { flood: { comments: 60, minutes: 5 } }, author: KNOWN } },
  'busy-network': { speaks: { noticed: { busyNetwork: { comments: 9, minutes: 10 } } }, status: 'pending', isSilent: { noticed: { busyNetwork: { comments: 9, minutes: 10 } }, author: KNOWN } },
  'foreign-form': { speaks: { noticed: { isForeignForm: true } }, status: 'pending', isSilent: { noticed: { isForeignForm: true }, author: KNOWN } },
  'too-fast': { speaks: { noticed: { tooFastSeconds: 1 } }, status: 'pending', isSilent: { noticed: { tooFastSeconds: 1 }, author: KNOWN } },
  'first-comment': { speaks: { author: SIGNED_IN }, status: 'pending', isSilent: { author: KNOWN } },
};

function verdictOn({ draft, noticed, author, rules }: Given) {
  const written: ScreenedDraft = {
    name: 'Ines', email: 'ines@example.com', website: '', source: 'Thank you.', text: 'Thank you.', linkHosts: [], linkShare: 0, ip: '192.0.2.1', care: 'open', ...draft, noticed: { ...NOTHING_NOTICED, ...noticed },
  };
  const given: ScreeningRules = { ...SCREENING_DEFAULTS, heldWords: ['casino'], disallowedWords: ['viagra'], refused: ['refused.example'], ...rules };
  return screen(written, { ...STRANGER, ...author }, rulesetOf(given));
}

test('the table has every rule by which screening decides', () => {
  expect(Object.keys(EACH).sort()).toEqual(HELD_RULES.filter((rule) => rule !== 'reported').sort());
});

describe.each(Object.entries(EACH))('%s', (rule, given) => {
  test(`decides: ${given.status}`, () => {
    const { status, reasons } = verdictOn(given.speaks);
    expect([status, reasons[0].rule]).toEqual([given.status, rule]);
  });

  test('says nothing where it does not apply', () => {
    const isLetting = 'isSilentAndHeld' in given;
    const { status, reasons } = verdictOn(isLetting ? given.isSilentAndHeld : given.isSilent);
    expect(reasons.map((reason) => reason.rule)).not.toContain(rule);
    expect(status).toBe(isLetting ? 'pending' : 'approved');
  });
});

test('a comment that more than one rule would hold gives all their reasons, the deciding one first', () => {
  const { reasons } = verdictOn({ draft: { ...text('A casino'), ...linksTo('a.example', 'b.example') } });
  expect(reasons.map((reason) => reason.rule)).toEqual(['links', 'held-word']);
});

test.each([[0.79, 'pending'], [0.8, 'spam']])('a stranger’s spam score of %d leads to %s where the owner sorts from 80 %%', (score, status) => {
  expect(verdictOn({ noticed: spam(score), rules: { spamAbove: 80 } }).status).toBe(status);
});

test('no score sorts to Spam where the owner has said never', () => {
  expect(verdictOn({ noticed: spam(1), rules: { spamAbove: 100 } }).status).toBe('pending');
});
