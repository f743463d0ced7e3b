import type { Element, ElementContent, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { element, text } from '../text/html-tree';

/** What a letter says, in plain text: every value is escaped where it becomes HTML. */
export type LetterParts = {
  siteTitle: string;
  paragraphs: string[];
  /** The one thing to do, an address of this blog. */
  action?: { label: string; href: string };
  /** To be typed where the mail was asked for, by whoever reads it on another device. */
  code?: string;
  /** Why this mail was sent, small. */
  footer?: string;
};

const CODE_SENTENCE = 'Or type this code on the page where you asked for it:';
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
  .small { color: #adb3bf !important; }
}`;

/** A mail of the blog as plain text and as simple HTML. Pure; the address of `action` must be http or https. */
export function letter(parts: LetterParts): { text: string; html: string } {
  if (parts.action && !/^https?:\/\//i.test(parts.action.href)) throw new Error('A letter leads to an address of the web.');
  return { text: plainLetter(parts), html: toHtml(documentOf(parts)) };
}

function plainLetter({ siteTitle, paragraphs, action, code, footer }: LetterParts): string {
  const blocks = [
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.href}`] : []),
    ...(code ? [`${CODE_SENTENCE}\n\n    ${code}`] : []),
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

function content({ paragraphs, action, code }: LetterParts): Element[] {
  return [
    ...paragraphs.map((words) => block('margin: 0 0 16px; font-size: 18px; line-height: 1.6', withBreaks(words))),
    ...(action ? actionBlocks(action) : []),
    ...(code ? codeBlocks(code) : []),
  ];
}

function actionBlocks({ label, href }: NonNullable<LetterParts['action']>): Element[] {
  const button = `display: inline-block; padding: 12px 20px; border-radius: 6px; background: #b4532a; color: #ffffff; font-size: 16px; font-weight: 600; text-decoration: none; ${SANS}`;
  return [
    block('margin: 24px 0 16px', [element('a', { href, className: ['button'], style: button }, [text(label)])]),
    block(`margin: 0 0 16px; font-size: 13px; line-height: 1.5; color: #574e45; ${SANS}`, [
      text('If the button does not work, open this address:'),
      element('br', {}, []),
      element('a', { href, className: ['link'], style: 'color: #9c3f1a; word-break: break-all' }, [text(href)]),
    ], ['small']),
  ];
}

function codeBlocks(code: string): Element[] {
  return [
    block(`margin: 0 0 8px; font-size: 15px; line-height: 1.5; ${SANS}`, [text(CODE_SENTENCE)]),
    block("margin: 0 0 20px; padding: 12px 16px; border-radius: 6px; background: #f6f0e6; color: #26221d; font: 600 24px/1.3 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 0.12em; text-align: center", [text(code)], ['code']),
  ];
}

function withBreaks(words: string): ElementContent[] {
  return words.split('\n').flatMap((line, index) => (index === 0 ? [text(line)] : [element('br', {}, []), text(line)]));
}
