import type { Tx } from '../db/client';
import { freeSlug, isStaffName } from '../identity/names';
import { newId } from '../ids';
import { networkOf } from '../network';
import type { NetworkMarker } from '../network-keys';
import { fail, ok, type Failure, type Result } from '../result';
import { areAlike, lookOf } from '../text/alike';
import { t } from '../words/t';
import { EMAIL_MAX_CHARACTERS, guestSchema, type NewComment } from './schema';

/** Under what name and with what a comment is kept. With a pseudonym, address and website are null. */
export type Writer = { userId: string | null; pseudonymId: string | null; name: string; email: string | null; website: string | null };

/** A writer, and what has to be written down before their comment: a new pseudonym, or a person's first own name. */
export type Chosen = { writer: Writer; takes: 'pseudonym' | 'own-name' | null };

type Place = { id: string; authorId: string };

const refuse = (field: 'pseudonym' | 'name', sentence: string): Failure => fail('invalid', sentence, { fields: { [field]: sentence } });

/**
 * Under which name a signed-in person writes on a post. The first comment there decides: whoever has a pseudonym on it
 * keeps it, whoever has written under their own name keeps that.
 * A step of a command, inside its transaction; the person, and for a new pseudonym the names of the post, are locked.
 * Refuses: `not-signed-in` (deleted meanwhile), `invalid` with a sentence for `pseudonym` or `name`.
 */
export async function chooseName(tx: Tx, userId: string, post: Place, input: Pick<NewComment, 'pseudonym' | 'ownName'>): Promise<Result<Chosen>> {
  // An account that is being deleted goes before the comment or after it, not in between.
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE id = ${userId}::uuid FOR KEY SHARE`;
  const person = await tx.user.findUnique({
    where: { id: userId },
    select: { name: true, email: true, website: true, pseudonyms: { where: { postId: post.id }, select: { id: true, name: true } } },
  });
  if (!person) return fail('not-signed-in', t('comments.refused.signedOut'));
  const [held] = person.pseudonyms;
  if (held) return ok({ writer: underPseudonym(userId, held), takes: null });
  if (typeof input.pseudonym === 'string') return newPseudonym(tx, { userId, name: person.name }, post, input.pseudonym);
  // An imported author's address may be longer than a comment's: nothing is found by it then.
  const email = person.email !== null && person.email.length <= EMAIL_MAX_CHARACTERS ? person.email : null;
  const website = person.website || null;
  if (person.name !== null) return ok({ writer: { userId, pseudonymId: null, name: person.name, email, website }, takes: null });
  const name = await checkOwnName(tx, input.ownName ?? '');
  return name.ok ? ok({ writer: { userId, pseudonymId: null, name: name.value, email, website }, takes: 'own-name' }) : name;
}

const underPseudonym = (userId: string, { id, name }: { id: string; name: string }): Writer => ({ userId, pseudonymId: id, name, email: null, website: null });

async function newPseudonym(tx: Tx, person: { userId: string; name: string | null }, post: Place, wish: string): Promise<Result<Chosen>> {
  const parsed = guestSchema.shape.name.safeParse(wish);
  if (!parsed.success) return refuse('pseudonym', parsed.error.issues[0]?.message ?? t('comments.fields.aName'));
  const name = parsed.data;
  if (lookOf(name) === '') return refuse('pseudonym', t('comments.fields.readableName'));
  if (await hasWrittenOpenly(tx, post.id, person.userId)) return refuse('pseudonym', t('comments.fields.wroteOpenly'));
  if (person.name !== null && areAlike(person.name, name)) return refuse('pseudonym', t('comments.fields.ownName'));
  const taken = await listTakenNames(tx, post);
  if (taken.some((one) => areAlike(one, name))) return refuse('pseudonym', t('comments.fields.takenName'));
  return ok({ writer: underPseudonym(person.userId, { id: newId(), name }), takes: 'pseudonym' });
}

/** Whether a person has a comment on this post under their own name. One that was deleted for good does not count. */
export async function hasWrittenOpenly(tx: Tx, postId: string, userId: string): Promise<boolean> {
  const own = await tx.comment.findFirst({ where: { postId, userId, pseudonymId: null, status: { not: 'deleted' } }, select: { id: true } });
  return own !== null;
}

/** The names that nobody may take on this post: of those who run the blog, its author, its visible commenters, its pseudonyms. */
async function listTakenNames(tx: Tx, post: Place): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM "User" WHERE name IS NOT NULL AND (role <> 'reader' OR id = ${post.authorId}::uuid)
    UNION SELECT name FROM "Comment" WHERE "postId" = ${post.id}::uuid AND status = 'approved'
    UNION SELECT name FROM "Pseudonym" WHERE "postId" = ${post.id}::uuid`;
  return rows.map(({ name }) => name);
}

async function checkOwnName(tx: Tx, typed: string): Promise<Result<string>> {
  const parsed = guestSchema.shape.name.safeParse(typed);
  if (!parsed.success) return refuse('name', parsed.error.issues[0]?.message ?? t('comments.fields.name'));
  if (lookOf(parsed.data) === '') return refuse('name', t('comments.fields.readableName'));
  return (await isStaffName(tx, parsed.data)) ? refuse('name', t('comments.fields.staffName')) : ok(parsed.data);
}

/**
 * Writes down what a comment needs to stand under its name: the pseudonym for this post, or the person's own first name
 * (the first one wins, should they have named themself elsewhere meanwhile). Gives the writer as they now are.
 * The last step before the comment: nothing may be refused after it.
 */
export async function takeName(tx: Tx, postId: string, { writer, takes }: Chosen, now: Date): Promise<Writer> {
  const { userId, pseudonymId, name } = writer;
  if (userId === null || takes === null) return writer;
  if (takes === 'own-name') return { ...writer, name: await takeOwnName(tx, userId, name) };
  if (pseudonymId !== null) await tx.pseudonym.create({ data: { id: pseudonymId, postId, userId, name, createdAt: now }, select: { id: true } });
  return writer;
}

async function takeOwnName(tx: Tx, userId: string, name: string): Promise<string> {
  await tx.user.updateMany({ where: { id: userId, name: null }, data: { name } });
  const slug = await freeSlug(tx, name, userId);
  await tx.user.updateMany({ where: { id: userId, slug: null }, data: { slug } });
  const { name: kept } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } });
  return kept ?? name;
}

/**
 * The mark of a sender that is kept with a comment: of their place on the network, of which IPv6 counts the first 64 bits
 * (until issue 7 the whole address: such an old mark is equal to its own kind alone). A pseudonym's is made with the pseudonym itself: equal marks join its
 * own comments to one another, and to no others.
 */
export const markOf = (marksOf: NetworkMarker, ip: string, { pseudonymId }: Pick<Writer, 'pseudonymId'>): string => marksOf(pseudonymId === null ? networkOf(ip) : `${networkOf(ip)} ${pseudonymId}`).present;
