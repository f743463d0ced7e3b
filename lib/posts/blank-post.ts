import type { Person } from '../identity/schema';
import type { EditorView } from './editor';
import { TITLE_MAX_CHARACTERS } from './post-form';
import { SLUG_MAX_CHARS } from './schema';
import { listTermNames } from './terms';

/** What the editor opens with where nothing is written yet: a post that is not there, by this person. `title`, `slug`: proposals. */
export async function findBlankPost(viewer: Person, { id, kind, title, slug = '' }: Pick<EditorView, 'id' | 'kind'> & { title: string; slug?: string }): Promise<EditorView> {
  return {
    id, kind, ...(await listTermNames()),
    fields: { title: title.slice(0, TITLE_MAX_CHARACTERS), html: '', excerpt: '', slug: slug.slice(0, SLUG_MAX_CHARS), cover: null, categories: [], tags: [], sticky: false },
    saved: { id, seen: '', savedAt: '', state: 'draft', at: null, wallClock: '', slug: '', password: '', path: null, isAhead: false, others: [] },
    author: { name: viewer.name, slug: null, id: viewer.userId },
    coverPath: null, previewPath: null, revisions: 0, isImported: false,
  };
}
