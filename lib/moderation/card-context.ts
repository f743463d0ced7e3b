import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { isModerator } from '../identity/rules';
import type { Person } from '../identity/schema';
import { IS_BY } from './queue-filter';
import { isVisibleTo } from './queue-search';
import { COUNTED_MAX, type CommentStatus, type Writer, type WriterKind } from './schema';

const COUNTED = ['approved', 'pending', 'spam', 'trash'] as const satisfies CommentStatus[];
const NOTES_SHOWN = 3;

type ReplyRow = { parentId: string; publicId: string; name: string; status: CommentStatus; html: string };

/** The first published reply to each of these comments. */
export async function listFirstReplies(ids: string[]): Promise<(id: string) => ReplyRow | undefined> {
  // In the order of the thread, which has an index: of a hundred thousand replies only the first is read.
  const rows = ids.length === 0 ? [] : await db().$queryRaw<ReplyRow[]>`
    SELECT r.* FROM "Comment" c CROSS JOIN LATERAL (
      SELECT r."parentId", r."publicId", r."name", r."status"::text AS "status", r."html" FROM "Comment" r
      WHERE r."rootId" = c."rootId" AND r."parentId" = c."id" AND r."status" = 'approved' ORDER BY r."createdAt", r."id" LIMIT 1
    ) r WHERE c."id" = ANY(${ids}::uuid[])`;
  return (id) => rows.find(({ parentId }) => parentId === id);
}

/** What this viewer may see of what a writer wrote: each count at most COUNTED_MAX + 1, for more is not counted. */
export type WriterHistory = { counts: Counted; firstSeen: Date | null };

type Counted = Record<(typeof COUNTED)[number], number>;
type HistoryRow = Counted & { kind: WriterKind; key: string; firstSeen: Date | null };

/** How much of each of these writers is published and refused, and since when they are here. A writer of many costs no more than one of few. */
export async function listWriterHistories(viewer: Person, writers: Writer[]): Promise<(writer: Writer) => WriterHistory | null> {
  const each = (['user', 'pseudonym', 'email'] as const).flatMap((kind) => {
    const keys = new Set(writers.flatMap((writer) => (writer.kind === kind ? [writer.key] : [])));
    return keys.size > 0 ? [historiesOf(kind, [...keys], isVisibleTo(viewer))] : [];
  });
  const rows = each.length === 0 ? [] : await db().$queryRaw<HistoryRow[]>`${Prisma.join(each, ' UNION ALL ')}`;
  return (writer) => {
    const row = rows.find(({ kind, key }) => kind === writer.kind && key === writer.key);
    return row ? { counts: { approved: row.approved, pending: row.pending, spam: row.spam, trash: row.trash }, firstSeen: row.firstSeen } : null;
  };
}

function historiesOf(kind: 'user' | 'pseudonym' | 'email', keys: string[], visible: Prisma.Sql[]): Prisma.Sql {
  const theirs = Prisma.join([IS_BY[kind](Prisma.sql`k."key"`), ...visible], ' AND ');
  const counts = COUNTED.map((status) => Prisma.sql`
    (SELECT count(*)::int FROM (SELECT FROM "Comment" c WHERE ${theirs} AND c."status" = ${status}::"CommentStatus" LIMIT ${COUNTED_MAX + 1}) counted) AS ${Prisma.raw(status)}`);
  // By an index of a writer's comments in time; a name on one post has none, and is there since it was taken.
  const firstSeen = kind === 'pseudonym'
    ? Prisma.sql`SELECT p."createdAt" FROM "Pseudonym" p WHERE p."id" = k."key"::uuid`
    : Prisma.sql`SELECT c."createdAt" FROM "Comment" c WHERE ${theirs} ORDER BY c."createdAt" LIMIT 1`;
  return Prisma.sql`SELECT ${kind}::text AS "kind", k."key", ${Prisma.join(counts)}, (${firstSeen}) AS "firstSeen" FROM unnest(${keys}::text[]) k("key")`;
}

export type Note = { id: string; text: string; byName: string | null; createdAt: Date };
type NoteRow = Note & { about: string };
type NotedRow = { id: string; userId: string | null; pseudonymId: string | null };

/** What a note about the writer of a comment is about: the name on one post, the person, or, of a guest, the comment. */
const noted = ({ id, userId, pseudonymId }: NotedRow): string => pseudonymId ?? userId ?? id;

/** The latest notes about the writers of these comments, for moderators. Nobody reads the notes about themself. */
export async function listNotes(viewer: Person, rows: NotedRow[]): Promise<(row: NotedRow) => Note[] | null> {
  if (!isModerator(viewer)) return () => null;
  const others = rows.filter(({ userId }) => userId !== viewer.userId);
  const ids = (some: (string | null)[]) => [...new Set(some.filter((id) => id !== null))];
  const about = {
    userId: ids(others.map(({ userId, pseudonymId }) => (pseudonymId === null ? userId : null))),
    pseudonymId: ids(others.map(({ pseudonymId }) => pseudonymId)),
    commentId: ids(others.map(({ id, userId, pseudonymId }) => (userId === null && pseudonymId === null ? id : null))),
  };
  const each = Object.entries(about).map(([column, keys]) => Prisma.sql`
    SELECT k."id"::text AS about, n."id", n."text", n."createdAt", u."name" AS "byName" FROM unnest(${keys}::uuid[]) k("id") CROSS JOIN LATERAL (
      SELECT * FROM "PersonNote" n WHERE n.${Prisma.raw(`"${column}"`)} = k."id" ORDER BY n."createdAt" DESC, n."id" DESC LIMIT ${NOTES_SHOWN}
    ) n LEFT JOIN "User" u ON u."id" = n."byId"`);
  const notes = await db().$queryRaw<NoteRow[]>`SELECT * FROM (${Prisma.join(each, ' UNION ALL ')}) n ORDER BY n."createdAt" DESC, n."id" DESC`;
  return (row) => {
    // Under their own name they have no place for notes; of a name on one post nobody sees that it is theirs.
    if (row.userId === viewer.userId && row.pseudonymId === null) return null;
    return notes.filter((note) => note.about === noted(row)).map(({ id, text, byName, createdAt }) => ({ id, text, byName, createdAt }));
  };
}
