import { listed } from '../words/listed';
import { t } from '../words/t';
import { declineInside } from './rules';
import type { DetailKind, HeldRule, Reason, Rule } from './schema';
import { signWords } from './spam-signs';

/** How much a comment wants a person's eye because of what decided about it; a report for private details stands above all. */
const RISKS: Partial<Record<Rule, number>> = {
  'disallowed-word': 90, refused: 90, trap: 90, akismet: 85, 'private-details': 80, 'spam-score': 75, 'unproven-identity': 70, 'recent-refusals': 65, links: 60, 'mostly-links': 60, 'held-word': 60, 'same-text': 60,
  'foreign-form': 55, 'always-held': 50, flood: 50, 'disposable-mail': 50, 'akismet-silent': 45, reworded: 45, 'busy-network': 40, 'too-fast': 40, pseudonym: 40, careful: 30, sensitive: 30, 'first-comment': 30, mention: 30, 'hold-all': 10,
};
export const URGENT_RISK = 1000;
const REPORTED_RISK = 100;

/** The risk of a comment, 0 to 1000, by the reason that decided. */
export function riskOf(reason: Reason): number {
  if (reason.rule !== 'reported') return RISKS[reason.rule] ?? 0;
  return reason.reason === 'private' ? URGENT_RISK : Math.min(REPORTED_RISK + reason.readers, URGENT_RISK - 1);
}

/** What brings a comment here, in a word or two. */
export const ruleName = (rule: HeldRule): string => t(`decisions.rule.${rule}`);

/** What a text shows, as a sentence goes on with it. */
export const detailName = (kind: DetailKind): string => t(`screening.detail.${kind}`);

/** A reason in one sentence for the moderator. */
export function sentenceFor(reason: Reason): string {
  switch (reason.rule) {
    case 'disallowed-word':
    case 'held-word':
      return t(`decisions.reason.${reason.rule}`, { word: reason.word });
    case 'refused':
      return t('decisions.reason.refused', { entry: reason.entry });
    case 'links':
      return t('decisions.reason.links', { count: reason.count, limit: reason.limit });
    case 'spam-score':
      return t('decisions.reason.spam-score', { signs: reason.because.map(signWords).join(', ') });
    case 'private-details':
      return t('decisions.reason.private-details', { details: listed(reason.kinds.map(detailName)) });
    case 'mostly-links':
      return t('decisions.reason.mostly-links', { percent: reason.percent });
    case 'recent-refusals':
      return t('decisions.reason.recent-refusals', { refused: reason.refused, of: reason.of });
    case 'same-text':
      return t('decisions.reason.same-text', { posts: reason.posts });
    case 'disposable-mail':
      return t('decisions.reason.disposable-mail', { domain: reason.domain });
    case 'too-fast':
      return t('decisions.reason.too-fast', { seconds: reason.seconds });
    case 'busy-network':
    case 'flood':
      return t(`decisions.reason.${reason.rule}`, { comments: reason.comments, minutes: reason.minutes });
    case 'reported':
      return t(`decisions.reported.${reason.reason}`, { readers: reason.readers });
    case 'declined':
      return t('decisions.reason.declined', { reason: declineInside(reason.reason) });
    default:
      return t(`decisions.reason.${reason.rule}`);
  }
}
