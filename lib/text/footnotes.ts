import { t } from '../words/t';
import { z } from '../zod';

const MAX_NOTES = 2_000;
const noteForm = z.object({ id: z.string().regex(/^[\w-]{1,100}$/), content: z.string() });

function read(json: string): z.infer<typeof noteForm>[] {
  try {
    const notes: unknown = JSON.parse(json);
    return Array.isArray(notes) ? notes.slice(0, MAX_NOTES).flatMap((note) => noteForm.safeParse(note).data ?? []) : [];
  } catch {
    return [];
  }
}

/**
 * WordPress's footnotes as a list: `[{"id","content"}]`, the JSON it keeps beside a post. Each leads back to its mark in the
 * text, whose id is the note's with `-link`. The result has still to be made safe. Unreadable: no list, and it is noted.
 */
export function footnoteList(json: string, note: (unusable: string) => void): string {
  const notes = read(json);
  if (notes.length === 0) {
    note(t('posts.unusable.footnotes'));
    return '';
  }
  const items = notes.map(({ id, content }, i) =>
    `<li id="${id}">${content} <a href="#${id}-link" aria-label="${t('posts.kept.backToText', { number: String(i + 1) })}">↩</a></li>`);
  return `\n\n<ol class="footnotes">${items.join('')}</ol>\n\n`;
}
