import { expect, test } from 'vitest';
import { deleteDueAccounts, requestDeletion } from '@/lib/account/commands';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { pageToken } from '@/lib/page-token';
import { eraseOwnData } from '@/lib/privacy/own-data';
import { emailMark } from '@/lib/subscriptions/tokens';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { listKeptColumns } from '@/tests/support/privacy-document';

const database = useDatabase();
const now = new Date('2026-11-25T12:00:00Z');
const tomorrow = new Date('2026-11-26T13:00:00Z');
const MARK = 'zeldamark';
const EMAIL = `${MARK}@example.com`;

type Column = { table: string; column: string; type: string; length: number | null; isNullable: boolean };

async function listColumns(): Promise<Column[]> {
  const { rows } = await database.sql.query<Column>(`
    SELECT table_name AS "table", column_name AS "column", data_type AS type, character_maximum_length AS length, is_nullable = 'YES' AS "isNullable" FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1, ordinal_position`);
  return rows;
}

const nameOf = ({ table, column }: { table: string; column: string }) => `${table}.${column}`;

test('docs/privacy.md lists every column of every table once, and no other', async () => {
  const listed = listKeptColumns().map(nameOf);
  expect(listed.filter((name, at) => listed.indexOf(name) !== at)).toEqual([]);
  expect(listed.sort()).toEqual((await listColumns()).map(nameOf).sort());
});

const isText = ({ type }: Column) => ['text', 'character varying', 'character', 'jsonb', 'bytea'].includes(type);

/** The columns in which the mark stands: of all tables, and of the jobs. */
async function findMark(): Promise<string[]> {
  const columns = (await listColumns()).filter((column) => isText(column) || column.type === 'ARRAY');
  const { rows: jobs } = await database.sql.query<{ count: number }>(`SELECT count(*)::int AS count FROM pgboss.job WHERE job::text ILIKE '%${MARK}%'`);
  const found = await Promise.all(columns.map(async ({ table, column, type }) => {
    const text = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const { rows } = await database.sql.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${table}" WHERE ${text} ILIKE '%${MARK}%'`);
    return rows[0]!.count > 0 ? [`${table}.${column}`] : [];
  }));
  return [...found.flat(), ...(jobs[0]!.count > 0 ? ['pgboss.job'] : [])].sort();
}

/** Puts the mark into every text that the document says is somebody's, in all rows: there are no others. */
async function markAll(isTheirs: (whose: string) => boolean): Promise<string[]> {
  const theirs = new Set(listKeptColumns().filter(({ whose, erased }) => whose !== null && isTheirs(whose) && !/^(stays|–)/.test(erased)).map(nameOf));
  const columns = (await listColumns()).filter((column) => isText(column) && theirs.has(nameOf(column)));
  for (const { table, column, type, length } of columns) {
    if (type === 'jsonb' || type === 'bytea') continue; // made with the mark in them
    const mark = length === null ? `"${column}" || ' ${MARK}'` : `left('${MARK}' || coalesce("${column}", ''), ${length})`;
    const where = column === 'email' || column === 'website' ? `"${column}" IS NOT NULL AND` : ''; // of a name on one post only there is none
    await database.sql.query(`SET session_replication_role = replica; UPDATE "${table}" SET "${column}" = ${mark} WHERE ${where} coalesce("${column}", '') NOT ILIKE '%${MARK}%'; SET session_replication_role = DEFAULT`);
  }
  return columns.map(nameOf).sort();
}

const event = (commentId: string) => ({ id: newId(), commentId, decision: 'submit' as const, toStatus: 'pending' as const, reasons: [{ rule: 'held-word', word: MARK }, { rule: 'refused', entry: EMAIL }, { rule: 'spam-score', score: 1, because: [MARK] }], createdAt: now });

/** All that may be kept of a comment. */
async function aroundComment(commentId: string, postId: string, byId: string): Promise<void> {
  const declined = newId();
  await db().commentRevision.create({ data: { id: newId(), commentId, revision: 1, source: 'Earlier.', html: '<p>Earlier.</p>' } });
  await db().moderationEvent.createMany({ data: [event(commentId), { ...event(commentId), id: declined, decision: 'decline', toStatus: 'trash', reasons: [] }] });
  await db().decline.create({ data: { eventId: declined, commentId, reason: 'other', words: 'Said back.' } });
  await db().akismetCheck.create({ data: { commentId, isSpam: false, guid: 'guid', sealed: Buffer.from(MARK), askedAt: now } });
  await db().mention.create({ data: { commentId, postId, sourceMark: 'a'.repeat(64), target: '/posts/one' } });
  await db().personNote.create({ data: { id: newId(), commentId, byId, text: 'A note.' } });
  await db().mail.create({ data: { id: newId(), to: 'moderator@example.com', subject: 'A comment waits', text: `It says ${MARK}.`, html: `<p>It says ${MARK}.</p>`, createdAt: now, sentAt: now, commentId } });
}

/** All that may be kept of an address. */
async function aroundAddress(postId: string): Promise<void> {
  const subscriberId = newId();
  await db().subscriber.create({ data: { id: subscriberId, email: EMAIL, emailMark: emailMark(EMAIL), confirmedAt: now, posts: 'instant', postsSince: now, postsToldAt: now, importedFrom: 'WordPress.com' } });
  await db().threadSubscription.create({ data: { subscriberId, postId } });
  await db().signInLink.create({ data: { id: newId(), email: EMAIL, tokenHash: 'token', codeHash: 'code', browserHash: 'browser', ipHash: 'ip', expires: tomorrow } });
  await db().invitation.create({ data: { id: newId(), email: EMAIL, role: 'author', tokenHash: 'invitation', expires: tomorrow } });
  await db().commentDraft.create({ data: { browserHash: 'browser', postId, entered: { email: EMAIL, comment: MARK }, expires: tomorrow } });
  await db().mail.create({ data: { id: newId(), to: EMAIL, subject: 'To you', text: 'Words.', html: '<p>Words.</p>', createdAt: now, sentAt: now, failure: 'refused', headers: { list: { id: 'posts', name: MARK, leave: 'https://blog.example/' } } } });
  await db().removalRequest.create({ data: { id: newId(), name: 'Zelda', email: EMAIL, place: '/posts/one', words: 'About me.', createdAt: now, dueAt: tomorrow, provenAt: now } });
}

/** The mail to a moderator is the moderator's; its words are not. */
const toStaffAgain = () => database.sql.query(`UPDATE "Mail" SET "to" = 'moderator@example.com', failure = NULL WHERE "commentId" IS NOT NULL`);

const request = async () => {
  const id = newId();
  await db().dataRequest.create({ data: { id, email: EMAIL, createdAt: now, expires: tomorrow } });
  return pageToken('own-data', id);
};

test.each(['remove', 'anonymise'] as const)('of a guest who has it deleted (%s) nothing is left in any column of the document', async (choice) => {
  const owner = await makeUser({ role: 'owner' });
  const post = await makePost({ authorId: owner.id, slug: 'one' });
  const comment = await makeComment({ postId: post.id, name: 'Zelda', email: EMAIL, website: 'https://example.com', source: 'My words.', ipHash: 'ip', writerHash: 'writer', status: 'pending' });
  await aroundComment(comment.id, post.id, owner.id);
  await aroundAddress(post.id);
  const token = await request();
  const marked = await markAll((whose) => whose === 'writer' || whose === 'address');
  await toStaffAgain();
  const text = ['Comment.source', 'Comment.html', 'Comment.sourceHash'];
  const before = await findMark();
  expect(before).toEqual(expect.arrayContaining(marked));
  expect(await eraseOwnData(token, choice, now)).toMatchObject({ ok: true });
  expect((await findMark()).filter((name) => choice === 'remove' || !text.includes(name))).toEqual([]);
});

test('of an account that is deleted nothing is left in any column of the document', async () => {
  const owner = await makeUser({ role: 'owner' });
  const post = await makePost({ authorId: owner.id, slug: 'one' });
  const user = await makeUser({ name: 'Zelda', email: EMAIL, emailVerified: now, website: 'https://example.com', about: 'I write.', standingReason: 'Why.', warning: 'Read this.' });
  const comment = await makeComment({ postId: post.id, userId: user.id, name: 'Zelda', email: EMAIL, website: 'https://example.com', source: 'My words.', ipHash: 'ip', writerHash: 'writer' });
  const other = await makeComment({ postId: post.id, userId: owner.id, name: 'Owner', email: null, website: null });
  const pseudonymId = newId();
  await db().pseudonym.create({ data: { id: pseudonymId, postId: post.id, userId: user.id, name: 'Quiet Owl' } });
  await makeComment({ postId: post.id, userId: user.id, pseudonymId, name: 'Quiet Owl', email: null, source: 'Quietly.' });
  await db().account.create({ data: { userId: user.id, type: 'oauth', provider: 'google', providerAccountId: 'number', statedEmail: EMAIL } });
  await db().session.create({ data: { id: newId(), sessionToken: 'token', userId: user.id, expires: tomorrow, userAgent: 'Firefox' } });
  await db().picture.create({ data: { userId: user.id, sha256: 'b'.repeat(64), mimeType: 'image/webp', bytes: Buffer.from(MARK), source: 'https://example.com/me.jpg' } });
  await db().personEvent.create({ data: { id: newId(), userId: user.id, what: 'standing', from: 'normal', to: 'held', reason: 'Why.' } });
  await db().personNote.create({ data: { id: newId(), userId: user.id, byId: owner.id, text: 'A note.' } });
  await aroundComment(comment.id, post.id, owner.id);
  await aroundAddress(post.id);
  await request();
  const marked = await markAll((whose) => ['writer', 'account', 'address'].includes(whose));
  await toStaffAgain();
  // Only now, so that no mark comes upon the other's comment: what somebody else has written stays.
  await database.sql.query(`SET session_replication_role = replica; UPDATE "Comment" SET name = 'Owner', source = 'Mine.', html = '<p>Mine.</p>', "sourceHash" = '', "ipHash" = NULL, "writerHash" = NULL, email = NULL, website = NULL WHERE id = '${other.id}'; UPDATE "User" SET name = 'Owner', email = 'owner@example.com', slug = 'owner', about = '', website = NULL, "standingReason" = '', warning = '' WHERE id = '${owner.id}'; SET session_replication_role = DEFAULT`);
  await db().report.create({ data: { id: newId(), commentId: other.id, reason: 'other', words: `I say ${MARK}.`, userId: user.id, reporterHash: MARK, ipHash: MARK } });
  const before = await findMark();
  expect(before).toEqual(expect.arrayContaining(marked));
  const actor = { kind: 'person', userId: user.id, name: 'Zelda', isNamed: true, email: EMAIL, role: 'reader', standing: 'normal', standingUntil: null, writerHash: null } as const;
  // Marked, the address is still theirs.
  expect(await requestDeletion(actor, 'remove', now)).toMatchObject({ ok: true });
  await deleteDueAccounts(tomorrow);
  expect(await db().user.count({ where: { id: user.id } })).toBe(0);
  expect(await findMark()).toEqual([]);
});
