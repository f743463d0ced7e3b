import { careName } from '@/components/posts/care-levels';
import type { RuleSection } from '@/lib/moderation/rule-anchors';
import type { Care, HeldRule } from '@/lib/moderation/schema';

/** What each part of the rules is called, and what it does, for somebody who has never run a blog. */
export const RULE_WORDS: Record<RuleSection, { title: string; words: string }> = {
  'not-allowed': { title: 'Words that are not allowed', words: 'A comment with one of these in it goes to Trash, whoever wrote it. They are looked for in its text, name, address and website.' },
  refused: { title: 'Refused writers', words: 'What comes from one of these goes to Trash. A domain counts wherever it stands: in an e-mail address, a website, a link.' },
  spam: { title: 'What looks like spam', words: 'Each comment gets a score for how much it looks like spam, learned from what you decide here. From 50 % on it is held; from the number below on, what a stranger wrote goes to Spam. Nothing is ever deleted by it.' },
  'hold-all': { title: 'Hold everything', words: 'For a week away, or a post that is everywhere: nothing appears before one of you has read it.' },
  links: { title: 'Links', words: 'A comment with this many links or more is held. Links to a domain that you trust do not count.' },
  'held-words': { title: 'Held words', words: 'A comment with one of these in it is held until somebody has read it. They are looked for in its text, name, address and website.' },
  trusted: { title: 'Trusted writers', words: 'Whoever has signed in and is one of these is published at once, if no rule above has spoken. A name or address that was only typed is not believed.' },
  always: { title: 'What always happens', words: 'These need no setting. Whoever runs the blog comes before all rules, and so does a declined comment that is said in other words. The other ones come in between, and what nobody has spoken for is held.' },
  pace: { title: 'How fast one person writes', words: 'Between two comments one writer waits so many seconds. Who is faster is asked to wait, and keeps what they typed.' },
  care: { title: 'Care for new posts', words: 'Each post has a care level, which you choose where you write it. A new one begins with this.' },
  closing: { title: 'Closing', words: 'Old posts gather spam. Comments close this many days after a post came out, unless you chose otherwise for that post. What was published stays.' },
};

/** The rules without a setting, in the order in which they are asked. */
export const ALWAYS: readonly { rule: HeldRule; words: string }[] = [
  { rule: 'staff', words: 'Whoever runs this blog, and the author under their own post, is published at once.' },
  { rule: 'reworded', words: 'A declined comment that is said in other words is held, whatever is in it.' },
  { rule: 'trap', words: 'What fills in a field that people do not see goes to Spam.' },
  { rule: 'sensitive', words: 'On a sensitive post every comment is held.' },
  { rule: 'private-details', words: 'What shows a child’s full name with a school, a phone number, a postal address or an e-mail address is held. Its writer is told first, and may take it out.' },
  { rule: 'pseudonym', words: 'What is written under a name that is used on one post only is held. Nobody but an owner learns who that is.' },
  { rule: 'careful', words: 'On a careful post everybody is held but those whom you trust.' },
  { rule: 'recent-refusals', words: 'Whoever had three in ten of their comments of the last seven days refused is held.' },
  { rule: 'same-text', words: 'The same text under another post is held.' },
  { rule: 'disposable-mail', words: 'Whoever gives a throw-away e-mail address is held.' },
  { rule: 'unproven-identity', words: 'Whoever types the name or address of an approved reader, and has not signed in to prove it, is held.' },
  { rule: 'known-writer', words: 'Whoever has signed in and has an approved comment is published at once.' },
  { rule: 'flood', words: 'While far more comments come than usual, every stranger is held, and the desk says so.' },
  { rule: 'busy-network', words: 'When many comments come from one place on the network, such as a school, strangers from there are held, not refused.' },
  { rule: 'foreign-form', words: 'A stranger’s comment that was not sent by the form of the post is held.' },
  { rule: 'too-fast', words: 'A stranger’s comment that was sent faster than anybody types is held.' },
  { rule: 'first-comment', words: 'Everybody’s first comment is held. Once you have approved it, and they have signed in, their next one appears at once.' },
  { rule: 'reported', words: 'A published comment that enough readers report is held until somebody has looked again. How many that are, an owner sets in Settings.' },
];

export const CARE_WORDS: Record<Care, string> = {
  get open() { return `${careName('open')}: by these rules`; },
  get careful() { return `${careName('careful')}: only trusted people at once`; },
  get sensitive() { return `${careName('sensitive')}: everything is held`; },
};

/** How a word is looked for. */
export const WORD_HINT = 'A word or a phrase; capitals and accents do not matter. It is found inside other words too, hat in what; in quotation marks, “hat”, only as a word of its own.';
export const REFUSED_HINT = 'An e-mail address, a domain such as casino.example, an address on the network such as 192.0.2.7, or a range such as 192.0.2.0/24.';
export const TRUSTED_HINT = 'An e-mail address, or a domain such as school.example for everybody who has an address there.';
