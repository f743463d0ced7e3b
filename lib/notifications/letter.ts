import { t } from '../words/t';
import type { SafeHtml } from '../text/safe-html';

export type LetterAction = { label: string; href: string };

/** Something that somebody wrote, with what is to be known of it and the one thing to do. */
export type LetterItem = { heading: string; quote: string; notes: string[]; action: LetterAction };

/** What a letter says, in plain text: every value is escaped where it becomes HTML. */
export type LetterParts = {
  siteTitle: string;
  paragraphs: string[];
  /** What the letter is about, large, after them; and who wrote it. */
  title?: string;
  byline?: string;
  /** Each with its own thing to do, before the one for all of them. */
  items?: LetterItem[];
  /** What else there is, after them. */
  more?: string;
  /** The one thing to do, an address of this blog. */
  action?: LetterAction;
  /** To be typed where the mail was asked for, by whoever reads it on another device. */
  code?: string;
  /** Why this mail was sent, small. */
  footer?: string;
  /** What can be done about such mails, below it. */
  links?: LetterAction[];
  /** A post whole, after the paragraphs: as it is shown, with whole addresses, and as plain text. */
  body?: { html: SafeHtml; text: string };
};

/** A mail of the blog as plain text and as HTML. The address of an action must be http or https. */
export async function letter(parts: LetterParts): Promise<{ text: string; html: string }> {
  const actions = [...(parts.items ?? []).map(({ action }) => action), ...(parts.action ? [parts.action] : []), ...(parts.links ?? [])];
  if (actions.some(({ href }) => !/^https?:\/\//i.test(href))) throw new Error('A letter leads to an address of the web.');
  // Only when a mail is written: React is made for the mode (NODE_ENV) in which its parts are loaded, and a server sets that as it starts.
  const { letterHtml } = await import('./letter-html');
  return { text: plainLetter(parts), html: await letterHtml(parts) };
}

const plainAction = ({ label, href }: LetterAction): string => `${label}:\n${href}`;

/** Every line of what somebody wrote begins with a mark: none can pass for the blog's own. */
const plainQuote = (quote: string): string => quote.split('\n').map((line) => `> ${line}`.trimEnd()).join('\n');

function plainLetter({ siteTitle, paragraphs, title, byline, items = [], more, action, code, footer, links = [], body }: LetterParts): string {
  const blocks = [
    ...paragraphs,
    ...[[title, byline].filter(Boolean).join('\n')].filter((words) => words !== ''),
    ...(body ? [body.text] : []),
    ...items.flatMap(({ heading, quote, notes, action: own }) => [heading, plainQuote(quote), ...notes, plainAction(own)]),
    ...(more ? [more] : []),
    ...(action ? [plainAction(action)] : []),
    ...(code ? [`${t('notifications.letter.code')}\n\n    ${code}`] : []),
    `-- \n${[siteTitle, footer, ...links.map(plainAction)].filter(Boolean).join('\n')}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}
