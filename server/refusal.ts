/** A request answered before, or instead of, a page. */
export type Refusal = {
  status: number;
  /** For the reader: what happened, what to do. */
  sentence: string;
  headers?: Record<string, string>;
  /** What an honest reader had typed, given back so that nothing is lost. */
  typed?: string[];
};

const headings: Record<number, string> = {
  400: 'This request cannot be read',
  403: 'Not from here',
  404: 'Nothing here',
  405: 'Not possible here',
  409: 'This form is out of date',
  413: 'Too large',
  414: 'This address is too long',
  415: 'This form cannot be read',
  500: 'Something went wrong',
  503: 'Back in a moment',
};

export const isRefusal = (value: object): value is Refusal => 'sentence' in value;

/** Whether a client that sent this Accept header is a person's browser. */
export const wantsHtml = (accept: string | undefined): boolean => accept === undefined || /text\/html|\*\/\*/.test(accept);

/** A refusal as a small whole page, or as one line for a client that does not read HTML. */
export function refusalBody(refusal: Refusal, accept: string | undefined): { type: string; body: string } {
  if (!wantsHtml(accept)) return { type: 'text/plain; charset=utf-8', body: `${refusal.sentence}\n` };
  const heading = headings[refusal.status] ?? 'This did not work';
  const typed = (refusal.typed ?? []).map((text) => `<p><textarea readonly rows="6" cols="60" aria-label="What you typed">\n${escaped(text)}</textarea></p>`);
  return {
    type: 'text/html; charset=utf-8',
    body: `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${heading}</title>
</head>
<body>
<main>
<h1>${heading}</h1>
<p>${escaped(refusal.sentence)}</p>
${typed.join('\n')}
<p><a href="/">To the front page</a></p>
</main>
</body>
</html>
`,
  };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
