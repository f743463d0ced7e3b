import { expect, test } from 'vitest';
import { folded } from '@/lib/moderation/phrases';
import { rulesetOf } from '@/lib/moderation/ruleset';
import { NOTHING_NOTICED, screen, STRANGER as stranger, type ScreenedAuthor, type ScreenedDraft } from '@/lib/moderation/screening';
import { SCREENING_DEFAULTS, type ScreeningRules } from '@/lib/moderation/schema';

const settings: ScreeningRules = { ...SCREENING_DEFAULTS, heldWords: ['casino'], disallowedWords: ['viagra'] };
const links = (count: number) => ({ linkHosts: Array.from({ length: count }, () => 'a.example') });
const draft: ScreenedDraft = { name: 'Ines', email: 'ines@example.com', website: '', source: 'Thank you.', text: 'Thank you.', linkHosts: [], linkShare: 0, ip: '192.0.2.1', care: 'open', noticed: NOTHING_NOTICED };
const pseudonymOfStaff: ScreenedAuthor = { isStaff: true, isSignedIn: true, isTrusted: true, isAlwaysHeld: true, hasApprovedComment: true, usesKnownIdentity: true, provenEmail: 'ruth@example.com', isPseudonym: true, isRewording: false };
const known: ScreenedAuthor = { ...stranger, isSignedIn: true, hasApprovedComment: true };

test.each<[string, Partial<ScreenedDraft>, ScreenedAuthor, Partial<ScreeningRules>, string, string]>([
  ['a stranger’s first comment', {}, stranger, {}, 'pending', 'first-comment'],
  ['a signed-in person’s first comment', {}, { ...stranger, isSignedIn: true }, {}, 'pending', 'first-comment'],
  ['a signed-in person with an approved comment', {}, known, {}, 'approved', 'known-writer'],
  ['a guest who types a known name', {}, { ...stranger, usesKnownIdentity: true }, {}, 'pending', 'unproven-identity'],
  ['who runs the blog, whatever they write', { text: 'viagra casino', source: 'viagra casino', ...links(9) }, { ...known, isStaff: true }, { holdAll: true }, 'approved', 'staff'],
  ['a disallowed word of a known writer', { text: 'buy Viagra' }, known, {}, 'trash', 'disallowed-word'],
  ['a disallowed word before everything held', { source: 'VIAGRA' }, stranger, { holdAll: true }, 'trash', 'disallowed-word'],
  ['everything held', {}, known, { holdAll: true }, 'pending', 'hold-all'],
  ['two links of a known writer', links(2), known, {}, 'pending', 'links'],
  ['one link of a known writer', links(1), known, {}, 'approved', 'known-writer'],
  ['many links with the rule off', links(50), known, { maxLinks: 0 }, 'approved', 'known-writer'],
  ['a held word in the name', { name: 'Best Casino' }, known, {}, 'pending', 'held-word'],
  ['a held word in the site', { website: 'https://casino.example' }, known, {}, 'pending', 'held-word'],
  ['a held word in the address', { email: 'a@casino.example' }, known, {}, 'pending', 'held-word'],
  ['a held network address', { ip: '192.0.2.77' }, known, { heldWords: ['192.0.2.7'] }, 'pending', 'held-word'],
  ['a held word with accents and case', { text: 'Le CASINÓ' }, known, {}, 'pending', 'held-word'],
  ['links before words', { ...links(3), text: 'casino' }, stranger, {}, 'pending', 'links'],
  ['a person always held', {}, { ...known, isAlwaysHeld: true }, {}, 'pending', 'always-held'],
  ['a trusted person without an approved comment', {}, { ...stranger, isSignedIn: true, isTrusted: true }, {}, 'approved', 'trusted'],
  ['trust that was only typed', {}, { ...stranger, isTrusted: true }, {}, 'pending', 'first-comment'],
  ['a pseudonym, whoever is behind it', {}, pseudonymOfStaff, {}, 'pending', 'pseudonym'],
  ['a pseudonym of which nothing is known', {}, { ...stranger, isPseudonym: true }, {}, 'pending', 'pseudonym'],
  ['a disallowed word under a pseudonym', { text: 'viagra' }, pseudonymOfStaff, {}, 'trash', 'disallowed-word'],
  ['a held word under a pseudonym', { text: 'casino' }, pseudonymOfStaff, {}, 'pending', 'held-word'],
  ['a held word as a pseudonym', { name: 'Best Casino' }, pseudonymOfStaff, {}, 'pending', 'held-word'],
  ['links under a pseudonym', links(2), pseudonymOfStaff, {}, 'pending', 'links'],
  ['everything held, a pseudonym too', {}, pseudonymOfStaff, { holdAll: true }, 'pending', 'hold-all'],
  ['a blank line in the list of words', {}, known, { heldWords: ['', '  '], disallowedWords: [''] }, 'approved', 'known-writer'],
])('%s', (_, writes, author, rules, status, rule) => {
  const verdict = screen({ ...draft, ...writes }, author, rulesetOf({ ...settings, ...rules }));
  expect([verdict.status, verdict.reasons[0].rule]).toEqual([status, rule]);
});

test('the reason names the word as the owner wrote it, and the numbers', () => {
  expect(screen({ ...draft, text: 'CASINO!' }, known, rulesetOf(settings)).reasons[0]).toEqual({ rule: 'held-word', word: 'casino' });
  expect(screen({ ...draft, ...links(4) }, known, rulesetOf(settings)).reasons[0]).toEqual({ rule: 'links', count: 4, limit: 2 });
});

test('folding forgets case, width and accents', () => {
  expect(folded('Ｃａｓｉｎó')).toBe('casino');
});
