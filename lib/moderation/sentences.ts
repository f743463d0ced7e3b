import { DECLINE_NAMES, REPORT_NAMES } from './rules';
import type { DetailKind, HeldRule, Reason, Rule } from './schema';

/** How much a comment wants a person's eye because of what decided about it; a report for private details stands above all. */
const RISKS: Partial<Record<Rule, number>> = {
  'disallowed-word': 90, refused: 90, trap: 90, akismet: 85, 'private-details': 80, 'spam-score': 75, 'unproven-identity': 70, 'recent-refusals': 65, links: 60, 'mostly-links': 60, 'held-word': 60, 'same-text': 60,
  'foreign-form': 55, 'always-held': 50, flood: 50, 'disposable-mail': 50, 'akismet-silent': 45, reworded: 45, 'busy-network': 40, 'too-fast': 40, pseudonym: 40, careful: 30, sensitive: 30, 'first-comment': 30, 'hold-all': 10,
};
export const URGENT_RISK = 1000;
const REPORTED_RISK = 100;

/** The risk of a comment, 0 to 1000, by the reason that decided. */
export function riskOf(reason: Reason): number {
  if (reason.rule !== 'reported') return RISKS[reason.rule] ?? 0;
  return reason.reason === 'private' ? URGENT_RISK : Math.min(REPORTED_RISK + reason.readers, URGENT_RISK - 1);
}

/** What brings a comment here, in a word or two. */
export const RULE_NAMES: Record<HeldRule, string> = {
  reported: 'Reported', 'first-comment': 'First comment', links: 'Links', 'held-word': 'A held word', 'disallowed-word': 'A word not allowed', 'unproven-identity': 'Name or address of somebody else',
  pseudonym: 'A name on one post', reworded: 'Declined, in other words', 'always-held': 'Always held', 'hold-all': 'Every comment is held', 'known-writer': 'Known writer', trusted: 'Trusted writer',
  staff: 'Runs this blog', 'mostly-links': 'Mostly links', refused: 'A refused writer', trap: 'Filled in a hidden field', 'spam-score': 'Looks like spam', akismet: 'Spam, says Akismet', 'akismet-silent': 'Akismet did not answer',
  sensitive: 'A sensitive post', careful: 'A careful post', 'private-details': 'Private details', 'recent-refusals': 'Refused of late', 'same-text': 'The same text elsewhere', 'disposable-mail': 'A throw-away address',
  'foreign-form': 'Not sent by our form', 'too-fast': 'Sent very fast', 'busy-network': 'Many from one place', flood: 'A flood',
};

/** What a text shows, as a sentence goes on with it. */
export const DETAIL_NAMES: Record<DetailKind, string> = { child: 'a child’s full name with a school', phone: 'a phone number', address: 'a postal address', email: 'an e-mail address' };

const listed = (parts: readonly string[]): string => new Intl.ListFormat('en-GB').format(parts);

/** A reason in one sentence for the moderator. */
export function sentenceFor(reason: Reason): string {
  switch (reason.rule) {
    case 'staff':
      return 'Written by someone who runs this blog.';
    case 'disallowed-word':
      return `Contains the word “${reason.word}”, which is not allowed here.`;
    case 'always-held':
      return 'Comments by this person are always held.';
    case 'hold-all':
      return 'Every comment is held.';
    case 'links':
      return `${reason.count} links, your limit is ${reason.limit}.`;
    case 'held-word':
      return `Contains the word “${reason.word}”, which is held.`;
    case 'pseudonym':
      return 'Written under a name used on this post only; a person reads each of these.';
    case 'trusted':
      return 'Written by a person you trust.';
    case 'unproven-identity':
      return 'Same name or address as an approved reader, not proven: this writer has not signed in.';
    case 'known-writer':
      return 'This person has an approved comment.';
    case 'first-comment':
      return 'First comment by this person.';
    case 'reworded':
      return 'Says a declined comment in other words.';
    case 'refused':
      return `From “${reason.entry}”, which you refuse.`;
    case 'trap':
      return 'Filled in a field that people do not see.';
    case 'spam-score':
      return `Looks like spam: ${reason.because.join(', ')}.`;
    case 'akismet':
      return 'Akismet says that it is spam.';
    case 'akismet-silent':
      return 'Akismet did not answer, so a person reads it.';
    case 'sensitive':
      return 'Every comment on this sensitive post is held.';
    case 'careful':
      return 'On this post everybody but trusted people is held.';
    case 'private-details':
      return `Shows ${listed(reason.kinds.map((kind) => DETAIL_NAMES[kind]))}; its writer was told, and left it in.`;
    case 'mostly-links':
      return `Mostly links: ${reason.percent} % of its text.`;
    case 'recent-refusals':
      return `${reason.refused} of the last ${reason.of} comments by this writer were not published.`;
    case 'same-text':
      return `The same text stands under ${reason.posts === 1 ? 'another post' : `${reason.posts} other posts`}.`;
    case 'disposable-mail':
      return `An address at ${reason.domain}, which gives out throw-away addresses.`;
    case 'foreign-form':
      return 'Not sent by the form of this post.';
    case 'too-fast':
      return `Sent ${reason.seconds === 1 ? 'one second' : `${reason.seconds} seconds`} after the form was opened.`;
    case 'busy-network':
      return `${reason.comments} comments came from this place on the network within ${reason.minutes} minutes.`;
    case 'flood':
      return `Came while a flood was on: ${reason.comments} comments within ${reason.minutes} minutes.`;
    case 'reported':
      return `${reason.readers === 1 ? 'A reader reports' : `${reason.readers} readers report`}: ${REPORT_NAMES[reason.reason].toLowerCase()}.`;
    case 'declined':
      return `Declined: ${DECLINE_NAMES[reason.reason].toLowerCase()}.`;
  }
}

