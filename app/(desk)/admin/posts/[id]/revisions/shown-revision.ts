import type { ShownRevision } from '@/components/editor-screen/revisions-screen';
import type { Person } from '@/lib/identity/schema';
import type { EditorView } from '@/lib/posts/editor';
import { findRevision, listRevisions, type RevisionLine } from '@/lib/posts/revisions';
import { diffTexts } from '@/lib/posts/text-diff';
import { plainLines } from '@/lib/text/plain-lines';

type Text = { title: string; excerpt: string; html: string };

const BYTES_PER_WORD = 7;

const lineOf = (text: string): string[] => (text.trim() === '' ? [] : text.trim().split(/\s*\n\s*/));

function diffOf(before: Text | null, after: Text): ShownRevision['diff'] {
  const old = before ?? after;
  return {
    title: diffTexts(lineOf(old.title), lineOf(after.title)), excerpt: diffTexts(lineOf(old.excerpt), lineOf(after.excerpt)),
    text: diffTexts(plainLines(old.html), plainLines(after.html)), hasBefore: before !== null,
  };
}

/** One text that a post had against the one before it; without an id the text as it is saved now, against the last that was written down and differs. Null where there is none. */
export async function shownRevision(person: Person, now: EditorView, id: string | null): Promise<ShownRevision | null> {
  if (id !== null) {
    const found = await findRevision(person, now.id, id);
    return found && { id, by: found.revision.by, at: found.revision.at, diff: diffOf(found.before, found.revision) };
  }
  const newest = (await listRevisions(person, now.id))?.revisions[0];
  const last = newest && (await findRevision(person, now.id, newest.id));
  const isSame = last && last.revision.html === now.fields.html && last.revision.title === now.fields.title && last.revision.excerpt === now.fields.excerpt;
  return { id: null, by: isSame ? last.revision.by : null, at: new Date(now.saved.savedAt), diff: diffOf((isSame ? last.before : last?.revision) ?? null, now.fields) };
}

/** By about how many words each text is longer than the one before it in a list, the newest first; of the last of the list it is not known. */
export function growthOf(revisions: readonly RevisionLine[], bytes: ReadonlyMap<string, number>): Map<string, number> {
  return new Map(revisions.slice(0, -1).flatMap(({ id }, index): [string, number][] => {
    const [size, before] = [bytes.get(id), bytes.get(revisions[index + 1]?.id ?? '')];
    return size === undefined || before === undefined ? [] : [[id, Math.round((size - before) / BYTES_PER_WORD)]];
  }));
}
