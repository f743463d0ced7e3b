import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rulesetOf } from '@/lib/moderation/ruleset';
import { screen, type Noticed, type ScreenedAuthor, type ScreenedDraft } from '@/lib/moderation/screening';
import { DETAIL_KINDS, SCREENING_DEFAULTS, type Reason, type Rule, type ScreeningRules } from '@/lib/moderation/schema';

/** The policy, in its order: what stands first decides. `lets`: it lets a comment through. */
const POLICY: { rule: Rule | 'surely-spam' | 'surely-akismet'; lets?: true }[] = [
  { rule: 'staff', lets: true }, { rule: 'reworded' }, { rule: 'disallowed-word' }, { rule: 'refused' }, { rule: 'trap' }, { rule: 'surely-spam' }, { rule: 'surely-akismet' }, { rule: 'always-held' }, { rule: 'hold-all' },
  { rule: 'sensitive' }, { rule: 'private-details' }, { rule: 'links' }, { rule: 'held-word' }, { rule: 'pseudonym' }, { rule: 'trusted', lets: true }, { rule: 'careful' }, { rule: 'spam-score' }, { rule: 'akismet' }, { rule: 'recent-refusals' }, { rule: 'same-text' },
  { rule: 'mostly-links' }, { rule: 'disposable-mail' }, { rule: 'akismet-silent' }, { rule: 'unproven-identity' }, { rule: 'mention' }, { rule: 'known-writer', lets: true }, { rule: 'flood' }, { rule: 'busy-network' }, { rule: 'foreign-form' },
  { rule: 'too-fast' }, { rule: 'first-comment' },
];
/** `isStranger`: neither trusted nor known, whose sure spam is sorted. */
function rankOf(reason: Reason, isStranger: boolean, { spamAbove }: ScreeningRules): number {
  const isSure = reason.rule === 'akismet' || (reason.rule === 'spam-score' && spamAbove < 100 && reason.score * 100 >= spamAbove);
  const named = isSure && isStranger ? (reason.rule === 'akismet' ? 'surely-akismet' : 'surely-spam') : reason.rule;
  return POLICY.findIndex((one) => one.rule === named);
}

const flag = fc.boolean();
const seldom = fc.integer({ min: 0, max: 3 }).map((at) => at === 0);
const counted = fc.record({ comments: fc.integer({ min: 1, max: 999 }), minutes: fc.integer({ min: 1, max: 60 }) });

const noticed: fc.Arbitrary<Noticed> = fc.record({
  isMention: seldom, isTrapped: seldom, isForeignForm: seldom, tooFastSeconds: fc.option(fc.integer({ min: 0, max: 3 })), details: fc.subarray([...DETAIL_KINDS], { maxLength: 1 }),
  sameTextPosts: fc.constantFrom(0, 0, 2), disposableDomain: fc.constantFrom(null, null, 'trash.example'), refusals: fc.option(fc.constant({ refused: 2, of: 3 })), busyNetwork: fc.option(counted), flood: fc.option(counted),
  spam: fc.constantFrom(0, 0, 0.4, 0.6, 0.95).map((score) => ({ score, because: score < 0.5 ? [] : ['the word “pills”'] })), akismet: fc.constantFrom(null, 'ham' as const, 'spam' as const, 'silent' as const),
});

const draft: fc.Arbitrary<ScreenedDraft> = fc.record({
  name: fc.constantFrom('Ines', 'Best Casino'), email: fc.constantFrom('ines@example.com', 'pest@refused.example'), website: fc.constantFrom('', 'https://refused.example/x', 'https://ines.example'),
  source: fc.constant('Thank you.'), text: fc.constantFrom('Thank you.', 'A casino.', 'Some viagra.'), linkHosts: fc.array(fc.constantFrom('a.example', 'school.example', 'refused.example'), { maxLength: 3 }),
  linkShare: fc.constantFrom(0, 0.3, 0.9), ip: fc.constantFrom('192.0.2.1', '198.51.100.7'), care: fc.constantFrom('open' as const, 'open' as const, 'careful' as const, 'sensitive' as const), noticed,
});

const author: fc.Arbitrary<ScreenedAuthor> = fc.record({
  isStaff: seldom, isSignedIn: flag, isTrusted: seldom, isAlwaysHeld: seldom, hasApprovedComment: flag, usesKnownIdentity: flag, provenEmail: fc.constantFrom(null, 'ruth@school.example', 'ruth@example.com'), isPseudonym: seldom, isRewording: seldom,
});

const rules: fc.Arbitrary<ScreeningRules> = fc.record({
  holdAll: seldom, maxLinks: fc.integer({ min: 0, max: 3 }), heldWords: fc.subarray(['casino']), disallowedWords: fc.subarray(['viagra']), trusted: fc.subarray(['school.example']), refused: fc.subarray(['refused.example', '198.51.100.0/24']),
  spamAbove: fc.constantFrom(50, 80, 100),
}).map((given) => ({ ...SCREENING_DEFAULTS, ...given }));

const always = (claim: (d: ScreenedDraft, a: ScreenedAuthor, r: ScreeningRules) => void) => fc.assert(fc.property(draft, author, rules, claim), { numRuns: 3000 });
const verdictOf = (d: ScreenedDraft, a: ScreenedAuthor, r: ScreeningRules) => screen(d, a, rulesetOf(r));

describe('whatever is written, by whomever, under whatever rules', () => {
  test('the reasons stand in the order of the policy, each once, and none comes after what would have let it through', () => {
    always((d, a, r) => {
      const { reasons } = verdictOf(d, a, r);
      const isLetSpeak = !a.isPseudonym && a.isSignedIn && (a.hasApprovedComment || a.isTrusted || (r.trusted.length > 0 && a.provenEmail === 'ruth@school.example'));
      const ranks = reasons.map((reason) => rankOf(reason, !isLetSpeak, r));
      expect(ranks).toEqual([...new Set(ranks)].sort((one, other) => one - other));
      expect(reasons.length === 1 || ranks.every((rank) => !POLICY[rank]?.lets)).toBe(true);
    });
  });

  test('it is published only for who runs the blog, for a signed-in person who is trusted, and for a signed-in known writer', () => {
    always((d, a, r) => {
      const { status, reasons: [{ rule }] } = verdictOf(d, a, r);
      if (status !== 'approved') return;
      expect(a.isPseudonym).toBe(false);
      expect(a.isStaff || (a.isSignedIn && (rule === 'trusted' || (rule === 'known-writer' && a.hasApprovedComment)))).toBe(true);
      expect(a.isStaff || d.care !== 'sensitive').toBe(true);
      expect(a.isStaff || d.care === 'open' || rule === 'trusted').toBe(true);
    });
  });

  test('it goes to the Trash for a word or a writer that is not allowed, and for nothing else', () => {
    always((d, a, r) => {
      const { status, reasons: [{ rule }] } = verdictOf(d, a, r);
      expect(status === 'trash').toBe(rule === 'disallowed-word' || rule === 'refused');
    });
  });

  test('it goes to Spam only by what looks like spam, and never from somebody whom a person has let speak', () => {
    always((d, a, r) => {
      const { status, reasons: [reason] } = verdictOf(d, a, r);
      if (status !== 'spam') return;
      expect(['trap', 'spam-score', 'akismet']).toContain(reason.rule);
      expect(reason.rule !== 'spam-score' || reason.score * 100 >= r.spamAbove).toBe(true);
      expect(!a.isPseudonym && a.isSignedIn && a.hasApprovedComment).toBe(false);
    });
  });

  test('under a name on one post, the verdict is the same whoever is behind it', () => {
    fc.assert(fc.property(draft, author, author, rules, (d, one, other, r) => {
      const behind = (a: ScreenedAuthor) => verdictOf(d, { ...a, isPseudonym: true, isRewording: one.isRewording }, r);
      expect(behind(one)).toEqual(behind(other));
    }), { numRuns: 2000 });
  });

  test('a stricter rule, or one more thing noticed, never lets through what was held', () => {
    const stricter: ((d: ScreenedDraft, r: ScreeningRules) => [ScreenedDraft, ScreeningRules])[] = [
      (d, r) => [d, { ...r, holdAll: true }],
      (d, r) => [d, { ...r, maxLinks: 1 }],
      (d, r) => [d, { ...r, heldWords: ['thank', ...r.heldWords] }],
      (d, r) => [d, { ...r, disallowedWords: ['thank', ...r.disallowedWords] }],
      (d, r) => [d, { ...r, refused: ['example.com', ...r.refused] }],
      (d, r) => [d, { ...r, trusted: [] }],
      (d, r) => [{ ...d, care: 'sensitive' }, r],
      (d, r) => [{ ...d, noticed: { ...d.noticed, isTrapped: true } }, r],
      (d, r) => [{ ...d, noticed: { ...d.noticed, spam: { score: 1, because: [] } } }, r],
      (d, r) => [{ ...d, noticed: { ...d.noticed, flood: { comments: 99, minutes: 10 } } }, r],
      (d, r) => [{ ...d, noticed: { ...d.noticed, details: ['phone'] } }, r],
    ];
    fc.assert(fc.property(draft, author, rules, fc.constantFrom(...stricter), (d, a, r, change) => {
      if (verdictOf(d, a, r).status === 'approved') return;
      const [changed, changedRules] = change(d, r);
      expect(verdictOf(changed, a, changedRules).status).not.toBe('approved');
    }), { numRuns: 3000 });
  });

  test('a typed name and address earn nothing: a guest is always held', () => {
    always((d, a, r) => {
      const guest = { ...a, isSignedIn: false, isStaff: false };
      expect(verdictOf(d, guest, r).status).not.toBe('approved');
    });
  });
});
