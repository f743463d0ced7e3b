import { Parser } from 'htmlparser2';
import { storedHtml, type SafeHtml } from './safe-html';
import { slugOf } from './slug';

/** A heading of a text: what its anchor is called, what it says, and how deep it stands below the title. */
export type ContentsEntry = { id: string; title: string; level: 2 | 3 };

type Heading = ContentsEntry & { /** Where an id is missing in the HTML. */ at: number | null };

/** A text with fewer headings than this is found through by the eye. */
const HEADINGS_MIN = 3;
const ASIDES = new Set(['blockquote', 'details', 'figure', 'table', 'aside']);

/** The headings of the second and third level that belong to the text itself, with an anchor each. */
function headingsOf(html: string): Heading[] {
  const headings: Heading[] = [];
  const ids = new Set<string>();
  let open: Heading | null = null;
  let aside = 0;
  const parser = new Parser({
    onopentag(name, { id }) {
      if (ASIDES.has(name)) aside += 1;
      if (aside > 0 || (name !== 'h2' && name !== 'h3')) return;
      open = { id: id ?? '', title: '', level: name === 'h2' ? 2 : 3, at: id === undefined ? parser.startIndex + name.length + 1 : null };
    },
    ontext(text) {
      if (open) open.title += text;
    },
    onclosetag(name) {
      if (ASIDES.has(name)) aside -= 1;
      if (!open || name !== `h${open.level}`) return;
      const title = open.title.replace(/\s+/g, ' ').trim();
      if (title !== '') headings.push({ ...open, title, id: open.id || anchorOf(title, ids) });
      open = null;
    },
  });
  parser.end(html);
  return headings;
}

/** `section-` before it: nothing that somebody wrote takes the place of another anchor of the page. */
function anchorOf(title: string, taken: Set<string>): string {
  const wanted = `section-${slugOf(title)}`;
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`;
  taken.add(id);
  return id;
}

/**
 * The table of contents of a text that has enough headings for one, and the text with an anchor at each of these; otherwise
 * nothing, and the text as it is. Headings in quotes, tables and the like are none of its own. Pure, linear in the text.
 */
export function withContents(html: SafeHtml): { html: SafeHtml; contents: ContentsEntry[] } {
  const headings = html.includes('<h2') ? headingsOf(html) : [];
  if (headings.length < HEADINGS_MIN) return { html, contents: [] };
  let anchored = '';
  let done = 0;
  for (const { at, id } of headings) {
    if (at === null) continue;
    // A slug has letters, digits and hyphens alone.
    anchored += `${html.slice(done, at)} id="${id}"`;
    done = at;
  }
  return { html: storedHtml(anchored + html.slice(done)), contents: headings.map(({ at: _, ...entry }) => entry) };
}
