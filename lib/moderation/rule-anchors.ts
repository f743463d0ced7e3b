import type { HeldRule, Rule } from './schema';

/** The parts of the page of rules, in its order, by their anchors. */
export const RULE_SECTIONS = ['not-allowed', 'refused', 'spam', 'hold-all', 'links', 'held-words', 'trusted', 'always', 'pace', 'care', 'closing'] as const;
export type RuleSection = (typeof RULE_SECTIONS)[number];

/** Where the page of rules says what a rule does. What has no setting has a line of its own under `always`. */
export const RULE_ANCHORS: Record<HeldRule, string> = {
  'disallowed-word': 'not-allowed', refused: 'refused', 'always-held': 'held-people', 'spam-score': 'spam', akismet: 'akismet', 'akismet-silent': 'akismet', 'hold-all': 'hold-all', links: 'links', 'mostly-links': 'mostly-links',
  'held-word': 'held-words', trusted: 'trusted', staff: 'staff', reworded: 'reworded', trap: 'trap', 'private-details': 'private-details', sensitive: 'sensitive', careful: 'careful', pseudonym: 'pseudonym',
  'recent-refusals': 'recent-refusals', 'same-text': 'same-text', 'disposable-mail': 'disposable-mail', 'unproven-identity': 'unproven-identity', 'known-writer': 'known-writer', flood: 'flood', 'busy-network': 'busy-network',
  'foreign-form': 'foreign-form', 'too-fast': 'too-fast', reported: 'reported', 'first-comment': 'first-comment', mention: 'mention',
};

const isHeld = (rule: Rule): rule is HeldRule => rule in RULE_ANCHORS;

/** The address of a rule on the page of rules; null for what is none, such as what a person decided. */
export const rulePath = (rule: Rule): string | null => (isHeld(rule) ? `/admin/rules#${RULE_ANCHORS[rule]}` : null);
