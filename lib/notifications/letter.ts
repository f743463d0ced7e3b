import type { Element, ElementContent, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { element, text } from '../text/html-tree';
import { t } from '../words/t';

export type LetterAction = { label: string; href: string };

/** Something that somebody wrote, with what is to be known of it and the one thing to do. */
export type LetterItem = { heading: string; quote: string; notes: string[]; action: LetterAction };

/** What a letter says, in plain text: every value is escaped where it becomes HTML. */
export type LetterParts = {
  siteTitle: string;
  paragraphs: string[];
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
};

const SANS = "font-family: system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const SERIF = "font-family: Georgia, 'Times New Roman', serif";
const MEASURE_PX = 560;

// For readers that know of it; the styles in the elements are what all others see. No address, no picture: nothing is fetched.
const DARK = `:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .paper { background: #11151d !important; color: #e9e4da !important; }
  .sheet { background: #181d27 !important; border-color: #2a313d !important; }
  .code { background: #1b212c !important; color: #e9e4da !important; }
  .button { background: #e59a6f !important; color: #11151d !important; }
  .link { color: #e59a6f !important; }
  .quote { border-color: #e59a6f !important; }
  .small { color: #adb3bf !important; }
}`;

/** A mail of the blog as plain text and as simple HTML. Pure; the address of an action must be http or https. */
export function letter(parts: LetterParts): { text: string; html: string } {
  const actions = [...(parts.items ?? []).map(({ action }) => action), ...(parts.action ? [parts.action] : [])];
  if (actions.some(({ href }) => !/^https?:\/\//i.test(href))) throw new Error('A letter leads to an address of the web.');
  return { text: plainLetter(parts), html: toHtml(documentOf(parts)) };
}

const plainAction = ({ label, href }: LetterAction): string => `${label}:\n${href}`;

/** Every line of what somebody wrote begins with a mark: none can pass for the blog's own. */
const plainQuote = (quote: string): string => quote.split('\n').map((line) => `> ${line}`.trimEnd()).join('\n');

function plainLetter({ siteTitle, paragraphs, items = [], more, action, code, footer }: LetterParts): string {
  const blocks = [
    ...paragraphs,
    ...items.flatMap(({ heading, quote, notes, action: own }) => [heading, plainQuote(quote), ...notes, plainAction(own)]),
    ...(more ? [more] : []),
    ...(action ? [plainAction(action)] : []),
    ...(code ? [`${t('notifications.letter.code')}\n\n    ${code}`] : []),
    `-- \n${[siteTitle, footer].filter(Boolean).join('\n')}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

const block = (style: string, children: ElementContent[], className: string[] = []): Element => element('p', { style, className }, children);

function documentOf(parts: LetterParts): Root {
  const head = element('head', {}, [
    element('meta', { charSet: 'utf-8' }, []),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }, []),
    element('meta', { name: 'color-scheme', content: 'light dark' }, []),
    element('meta', { name: 'supported-color-schemes', content: 'light dark' }, []),
    element('title', {}, [text(parts.siteTitle)]),
    element('style', {}, [text(DARK)]),
  ]);
  const body = element('body', { className: ['paper'], style: `margin: 0; padding: 24px 12px; background: #fbf8f3; color: #26221d; ${SERIF}` }, [
    element('div', { style: `max-width: ${MEASURE_PX}px; margin: 0 auto` }, [
      block(`margin: 0 0 12px; padding: 0 4px; font-size: 15px; font-weight: 600; ${SANS}`, [text(parts.siteTitle)]),
      element('div', { className: ['sheet'], style: 'padding: 28px 24px 12px; border: 1px solid #e4dccf; border-radius: 8px; background: #fffefb' }, content(parts)),
      ...(parts.footer ? [block(`margin: 16px 4px 0; font-size: 13px; line-height: 1.5; color: #574e45; ${SANS}`, [text(parts.footer)], ['small'])] : []),
    ]),
  ]);
  return { type: 'root', children: [{ type: 'doctype' }, element('html', {}, [head, body])] };
}

const paragraph = (words: string): Element => block('margin: 0 0 16px; font-size: 18px; line-height: 1.6', withBreaks(words));

function content({ paragraphs, items = [], more, action, code }: LetterParts): Element[] {
  return [
    ...paragraphs.map(paragraph),
    ...items.flatMap(itemBlocks),
    ...(more ? [paragraph(more)] : []),
    ...(action && items.length > 0 ? [quietAction(action)] : action ? actionBlocks(action) : []),
    ...(code ? codeBlocks(code) : []),
  ];
}

function itemBlocks({ heading, quote, notes, action }: LetterItem): Element[] {
  return [
    block(`margin: 24px 0 8px; font-size: 16px; line-height: 1.4; font-weight: 600; ${SANS}`, [text(heading)]),
    element('blockquote', { className: ['quote'], style: 'margin: 0 0 12px; padding: 2px 0 2px 16px; border-left: 3px solid #b4532a; font-size: 18px; line-height: 1.6; word-break: break-word' }, withBreaks(quote)),
    ...notes.map((note) => block(`margin: 0 0 8px; font-size: 14px; line-height: 1.5; color: #574e45; ${SANS}`, [text(note)], ['small'])),
    buttonOf(action),
  ];
}

const quietAction = ({ label, href }: LetterAction): Element =>
  block(`margin: 24px 0 16px; font-size: 15px; line-height: 1.5; ${SANS}`, [element('a', { href, className: ['link'], style: 'color: #9c3f1a' }, [text(label)])]);

const BUTTON = `display: inline-block; padding: 12px 20px; border-radius: 6px; background: #b4532a; color: #ffffff; font-size: 16px; font-weight: 600; text-decoration: none; ${SANS}`;

const buttonOf = ({ label, href }: LetterAction): Element => block('margin: 16px 0 16px', [element('a', { href, className: ['button'], style: BUTTON }, [text(label)])]);

function actionBlocks({ label, href }: LetterAction): Element[] {
  return [
    buttonOf({ label, href }),
    block(`margin: 0 0 16px; font-size: 13px; line-height: 1.5; color: #574e45; ${SANS}`, [
      text(t('notifications.letter.address')),
      element('br', {}, []),
      element('a', { href, className: ['link'], style: 'color: #9c3f1a; word-break: break-all' }, [text(href)]),
    ], ['small']),
  ];
}

function codeBlocks(code: string): Element[] {
  return [
    block(`margin: 0 0 8px; font-size: 15px; line-height: 1.5; ${SANS}`, [text(t('notifications.letter.code'))]),
    block("margin: 0 0 20px; padding: 12px 16px; border-radius: 6px; background: #f6f0e6; color: #26221d; font: 600 24px/1.3 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 0.12em; text-align: center", [text(code)], ['code']),
  ];
}

function withBreaks(words: string): ElementContent[] {
  return words.split('\n').flatMap((line, index) => (index === 0 ? [text(line)] : [element('br', {}, []), text(line)]));
}
