import { db, type Tx } from '../db/client';
import { hasPosts, isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';
import { keptPath } from '../media/kept-types';
import type { SiteView } from '../site/schema';
import type { PostFields, Saved } from './post-form';
import { previewPath } from './preview-path';
import { named, type AuthorName } from './queries';
import { listTermNames } from './terms';
import { savedOf, workingColumns, workingFields } from './working-copy';

/** What the editor opens with. */
export type EditorView = {
  id: string;
  kind: 'post' | 'page';
  /** What was saved last: of a post that is out, what is being changed in it. Its text is safe HTML. */
  fields: PostFields;
  saved: Saved;
  author: AuthorName;
  /** The kept file of `fields.cover`. */
  coverPath: string | null;
  /** Where whoever has the link sees it before it is out; null: there is no link. */
  previewPath: string | null;
  /** How many texts it has had. */
  revisions: number;
  isImported: boolean;
  /** The names to choose from: all categories, and the tags that are used most. */
  categories: string[];
  tags: string[];
};

/** A post or page as its editor opens it, by whoever may change it; null for all else, and for what is in the trash. */
export async function findForEditor(viewer: Person, id: string, site: Pick<SiteView, 'timeZone'>, now: Date): Promise<EditorView | null> {
  if (!hasPosts(viewer)) return null;
  const tx: Tx = db();
  const select = {
    ...workingColumns, previewToken: true, author: { select: { id: true, name: true, slug: true } }, _count: { select: { revisions: true } },
  } as const;
  const post = await tx.post.findFirst({ where: { id, status: { not: 'trash' }, ...(isOwner(viewer) ? {} : { authorId: viewer.userId }) }, select });
  if (!post) return null;
  const fields = workingFields(post);
  const [saved, terms, keys, cover] = await Promise.all([
    savedOf(tx, post, { tab: null, userId: viewer.userId }, site, now),
    listTermNames(),
    tx.importKey.count({ where: { kind: 'post', targetId: id } }),
    fields.cover ? tx.mediaAsset.findUnique({ where: { id: fields.cover.assetId }, select: { sha256: true, mimeType: true } }) : null,
  ]);
  return {
    id, kind: post.kind, fields, saved, author: named(post.author), ...terms,
    coverPath: cover && keptPath(cover.sha256, cover.mimeType),
    previewPath: post.previewToken && previewPath(post.previewToken),
    revisions: post._count.revisions,
    isImported: keys > 0,
  };
}
