import { directionOf } from '../lib/words/direction';
import { spokenLanguage, t } from '../lib/words/t';

/** A request answered before, or instead of, a page. */
export type Refusal = {
  status: number;
  /** For the reader: what happened, what to do. */
  sentence: string;
  headers?: Record<string, string>;
  /** What an honest reader had typed, given back so that nothing is lost. */
  typed?: string[];
};

const HEADINGS = {
  400: 'malformed', 403: 'foreign', 404: 'notThere', 405: 'method', 409: 'stale', 413: 'tooLarge', 414: 'addressTooLong', 415: 'unreadable', 500: 'failed', 503: 'away',
} as const;

function headingOf(status: number): string {
  const name = status in HEADINGS ? HEADINGS[status as keyof typeof HEADINGS] : 'other';
  return t(`server.headings.${name}`);
}

// What several areas refuse. Said when it is asked for: a constant would stay in the language of the start.
export const notThere = (): Refusal => ({ status: 404, sentence: t('server.notThere') });
export const signedOut = (): Refusal => ({ status: 401, sentence: t('server.signedOut') });
export const databaseAway = (): Refusal => ({ status: 503, sentence: t('server.databaseAway'), headers: { 'Retry-After': '5' } });

/** The look of such a page, in itself: what it stands in for may be what is broken. The policy allows exactly this text. */
export const REFUSAL_STYLE = `
:root { color-scheme: light dark; }
body { max-width: 34rem; margin: 0 auto; padding: 18vh 1.25rem 3rem; background: light-dark(#fbf8f3, #11151d); color: light-dark(#26221d, #e9e4da); font: 400 1.1875rem/1.6 'Source Serif 4', Georgia, serif; overflow-wrap: break-word; }
h1 { margin: 0 0 .75rem; font-size: 1.875rem; line-height: 1.2; font-weight: 620; }
p { margin: 0 0 1.25rem; }
a { display: inline-block; padding: .5rem 0; color: inherit; text-decoration-color: light-dark(#b4532a, #e59a6f); text-underline-offset: .2em; }
textarea { box-sizing: border-box; width: 100%; padding: .75rem .9rem; border: 1px solid light-dark(#8d8273, #6d7686); border-radius: .375rem; background: light-dark(#fffefb, #181d27); color: inherit; font: inherit; font-size: 1.125rem; }
:focus-visible { outline: 2px solid light-dark(#b4532a, #e59a6f); outline-offset: 3px; }
`;

export const isRefusal = (value: object): value is Refusal => 'sentence' in value;

/** Whether a client that sent this Accept header is a person's browser. */
export const wantsHtml = (accept: string | undefined): boolean => accept === undefined || /text\/html|\*\/\*/.test(accept);

/** A refusal as a small whole page, or as one line for a client that does not read HTML. */
export function refusalBody(refusal: Refusal, accept: string | undefined): { type: string; body: string } {
  if (!wantsHtml(accept)) return { type: 'text/plain; charset=utf-8', body: `${refusal.sentence}\n` };
  const heading = escaped(headingOf(refusal.status));
  const language = spokenLanguage();
  const typed = (refusal.typed ?? []).map((text) => `<p><textarea readonly rows="6" cols="60" aria-label="${escaped(t('server.typed'))}">\n${escaped(text)}</textarea></p>`);
  return {
    type: 'text/html; charset=utf-8',
    body: `<!DOCTYPE html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${heading}</title>
<link rel="icon" href="data:,">
<style>${REFUSAL_STYLE}</style>
</head>
<body>
<main>
<h1>${heading}</h1>
<p>${escaped(refusal.sentence)}</p>
${typed.join('\n')}
<p><a href="/">${escaped(t('server.toFront'))}</a></p>
</main>
</body>
</html>
`,
  };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
