import { subscriptionsOfAddress, writeWithComments } from '../account/data';
import { postTag } from '../cache-tags';
import { deleteComments, goneSelect } from '../comments/deleting';
import { anonymiseComments } from '../comments/erase';
import { holdComments } from '../comments/locks';
import { writerKey } from '../comments/rules';
import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { newId } from '../ids';
import { lockKeys } from '../lock';
import { visibleDelta } from '../moderation/rules';
import { networkOf } from '../network';
import { letter } from '../notifications/letter';
import { sendMail } from '../notifications/outbox';
import { pageToken, readPageToken } from '../page-token';
import { secondsToWait } from '../rate-limit';
import { fail, ok, type Failure, type Result } from '../result';
import { SITE_DEFAULTS } from '../site/schema';
import { t } from '../words/t';
import { forgetAddress } from './forgetting';
import { ownDataPath, parseAddress } from './rules';
import { DATA_LINKS_PER_EMAIL, DATA_LINK_HOURS, type CommentsChoice, type OwnDataView } from './schema';

const HOUR_MS = 60 * 60 * 1000;
/** How many comments one step of a deletion takes, and for how long at most. */
const STEP_COMMENTS = 500;
const STEP_MS = 60_000;

const linkGone = (): Failure => fail('not-found', t('privacy.data.linkGone'));

/**
 * Sends to an address a link to what the blog has of it; the answer is the same whatever that is. Of its mails so many a day are
 * written, however often it is asked for. Value: the address as it is kept.
 * Refuses: `invalid`, `too-many` from one place on the network.
 */
export async function askForData(typed: string, { ip, origin }: { ip: string; origin: string }, now: Date): Promise<Result<string>> {
  const parsed = parseAddress(typed);
  if (!parsed.ok) return parsed;
  const email = parsed.value;
  const retryAfterSeconds = await secondsToWait('own-data', networkOf(ip));
  if (retryAfterSeconds !== null) return fail('too-many', t('privacy.data.tooMany'), { retryAfterSeconds });
  return db().$transaction(async (tx) => {
    await lockKeys(tx, `own-data:${email}`);
    if ((await tx.dataRequest.count({ where: { email, expires: { gt: now } } })) >= DATA_LINKS_PER_EMAIL) return ok(email);
    const [id, expires] = [newId(), new Date(now.getTime() + DATA_LINK_HOURS * HOUR_MS)];
    await tx.dataRequest.create({ data: { id, email, createdAt: now, expires }, select: { id: true } });
    const siteTitle = (await tx.site.findFirst({ select: { title: true } }))?.title ?? SITE_DEFAULTS.title;
    const mail = await letter({
      siteTitle,
      paragraphs: [t('privacy.mail.dataAsked', { blog: siteTitle }), t('privacy.mail.dataHours', { hours: String(DATA_LINK_HOURS) })],
      action: { label: t('privacy.mail.dataSee'), href: origin + ownDataPath(pageToken('own-data', id)) },
      footer: t('privacy.mail.dataFooter'),
    });
    await sendMail(tx, { to: email, subject: t('privacy.mail.dataSubject', { blog: siteTitle }), ...mail, expires }, now);
    return ok(email);
  });
}

async function findRequest(tx: Tx, token: string, now: Date): Promise<{ email: string; expires: Date } | null> {
  const id = readPageToken('own-data', token);
  return id === null ? null : tx.dataRequest.findFirst({ where: { id, expires: { gt: now } }, select: { email: true, expires: true } });
}

/** The keys of what guests wrote under an address, in any spelling of capitals; not what it wrote signed in. */
async function listOwn(tx: Tx, email: string, take: number | null): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Comment" WHERE "email" IS NOT NULL AND lower("email") = ${email} AND "userId" IS NULL AND "pseudonymId" IS NULL AND status <> 'deleted' ORDER BY id LIMIT ${take}`;
  return rows.map(({ id }) => id);
}

/** What the blog has of an address, for whoever has the link of the mail; null for a link that is none, or is over. */
export async function findOwnData(token: string, now: Date): Promise<OwnDataView | null> {
  const request = await findRequest(db(), token, now);
  if (!request) return null;
  const { email, expires } = request;
  const [comments, subscriptions, accounts] = await Promise.all([listOwn(db(), email, null), subscriptionsOfAddress(email), db().user.count({ where: { email, emailVerified: { not: null } } })]);
  return { token, address: email, comments: comments.length, isSubscribed: subscriptions !== null, hasAccount: accounts > 0, until: expires };
}

/** The same as one JSON text in pieces, comments with their texts as typed and what was decided about them; null as above. */
export async function writeOwnAddress(token: string, now: Date): Promise<AsyncGenerator<string> | null> {
  const request = await findRequest(db(), token, now);
  if (!request) return null;
  const { email } = request;
  const [ids, subscriptions, removals] = await Promise.all([
    listOwn(db(), email, null),
    subscriptionsOfAddress(email),
    db().removalRequest.findMany({ where: { email }, select: { place: true, words: true, name: true, createdAt: true, answeredAt: true, outcome: true, answer: true }, orderBy: { createdAt: 'asc' } }),
  ]);
  return writeWithComments({ writtenAt: now, address: email, subscriptions, requestsToTakeDown: removals }, { id: { in: ids } });
}

/**
 * Deletes all that the blog has of an address, at once, for whoever has the link of the mail: what it wrote as a guest stays
 * without its name, or goes. An account that signs in with it stays: it is deleted there. Idempotent in what it leaves; a
 * process that is killed halfway leaves the link working. Refuses: `not-found`.
 */
export async function eraseOwnData(token: string, comments: CommentsChoice, now: Date): Promise<Result> {
  for (;;) {
    const done = await changing(async (tx, changed) => {
      const request = await findRequest(tx, token, now);
      if (!request) return linkGone();
      const { email } = request;
      // A comment of theirs that is being sent is here before this, or comes after it.
      await lockKeys(tx, writerKey(email));
      const ids = await listOwn(tx, email, STEP_COMMENTS);
      const posts = await tx.comment.findMany({ where: { id: { in: ids } }, select: { postId: true }, distinct: ['postId'] });
      await holdComments(tx, posts.map(({ postId }) => postId), ids);
      const gone = await tx.comment.findMany({ where: { id: { in: ids }, status: { not: 'deleted' } }, select: goneSelect });
      await (comments === 'remove' ? deleteComments(tx, gone, now) : anonymiseComments(tx, gone.map(({ id }) => id)));
      for (const { postId, status } of gone) if (visibleDelta(status, 'deleted') !== 0) changed(postTag(postId));
      if (ids.length >= STEP_COMMENTS) return ok('more' as const);
      await forgetAddress(tx, email, now);
      return ok('done' as const);
    }, { timeout: STEP_MS });
    if (!done.ok) return done;
    if (done.value === 'done') return ok();
  }
}
