import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { isFreshSession } from '../identity/queries';
import { hasDesk } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { sendJob } from '../jobs';
import { log } from '../log';
import { fail, ok, type Failure, type Result } from '../result';
import { deleteStep } from './deletion';
import { findRefusalToDelete } from './queries';
import { refusalToUnlink } from './rules';
import { DELETION_HOURS, type CommentsAfter, type NoticeWishes } from './schema';
import { t } from '../words/t';

const HOUR_MS = 60 * 60 * 1000;
/** For one step of a deletion. */
const STEP_MS = 60_000;

const notSignedIn = (): Failure => fail('not-signed-in', t('account.refusals.notSignedIn'));

type OwnAccount = { email: string | null; emailVerified: Date | null; deleteAt: Date | null };

/** A person's own account, locked until the transaction ends: two acts on its ways in or its end stand in line. Null when it is gone. */
async function holdAccount(tx: Tx, userId: string): Promise<OwnAccount | null> {
  const [account] = await tx.$queryRaw<OwnAccount[]>`SELECT email, "emailVerified", "deleteAt" FROM "User" WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
  return account ?? null;
}

/**
 * Takes away a way of signing in, and ends the other sessions that began by it; `here` is the hash of the one that asks.
 * Refuses: `not-signed-in`, `not-found` for a login that is unknown or somebody else's, `conflict` for the last way in,
 * `forbidden` where they signed in longer ago than FRESH_SIGN_IN_MINUTES.
 */
export async function unlinkLogin(actor: Actor, login: { provider: string; account: string }, here: string | null, now: Date): Promise<Result> {
  if (actor.kind === 'guest') return notSignedIn();
  const { userId } = actor;
  return db().$transaction(async (tx) => {
    const account = await holdAccount(tx, userId);
    const logins = await tx.account.findMany({ where: { userId }, select: { provider: true, providerAccountId: true } });
    const isTheirs = (each: (typeof logins)[number]) => each.provider === login.provider && each.providerAccountId === login.account;
    if (!account || !logins.some(isTheirs)) return fail('not-found', t('account.refusals.loginGone'));
    const refusal = refusalToUnlink({ logins: logins.length, hasProvenEmail: account.email !== null && account.emailVerified !== null });
    if (refusal) return refusal;
    if (!(await isFreshSession(tx, here, now))) return fail('forbidden', t('account.refusals.signInAgain'));
    await tx.account.deleteMany({ where: { userId, provider: login.provider, providerAccountId: login.account } });
    const isLastOfItsKind = !logins.some((each) => each.provider === login.provider && !isTheirs(each));
    // Whoever came in by it, and was perhaps not them, is out.
    if (isLastOfItsKind) await tx.$executeRaw`DELETE FROM "Session" WHERE "userId" = ${userId}::uuid AND way::text = ${login.provider} AND "sessionToken" <> ${here ?? ''}`;
    return ok();
  });
}

/** Ends one of the actor's own sessions. Refuses: `not-signed-in`, `not-found` for one that has ended or is somebody else's. */
export async function endOneSession(actor: Actor, id: string): Promise<Result> {
  if (actor.kind === 'guest') return notSignedIn();
  const { count } = await db().session.deleteMany({ where: { id, userId: actor.userId } });
  return count > 0 ? ok() : fail('not-found', t('account.refusals.sessionGone'));
}

/** Signs a person out everywhere: ends all their sessions, the one that asks too. Idempotent. Refuses: `not-signed-in`. */
export async function endAllSessions(actor: Actor): Promise<Result> {
  if (actor.kind === 'guest') return notSignedIn();
  await db().session.deleteMany({ where: { userId: actor.userId } });
  return ok();
}

/**
 * Of what a person who has a desk is told by mail, and how often: from now on. Idempotent.
 * Refuses: `not-signed-in`, `not-found` for whoever has no desk.
 */
export async function setNotices(actor: Actor, { held, fresh, reports, rhythm }: NoticeWishes, now: Date): Promise<Result> {
  if (actor.kind === 'guest') return notSignedIn();
  if (!hasDesk(actor)) return fail('not-found', t('account.refusals.noDeskAnyMore'));
  await db().user.update({ where: { id: actor.userId }, data: { heldNotices: held, newNotices: fresh, reportNotices: reports, noticeRhythm: rhythm, newsToldAt: now }, select: { id: true } });
  return ok();
}

/**
 * Begins the end of an account: in DELETION_HOURS it is deleted, and with its comments happens what the person chose.
 * Asked again it changes the choice and not the hour. Value: when.
 * Refuses: `not-signed-in`, `conflict` for the last owner and for whoever has written posts.
 */
export async function requestDeletion(actor: Actor, comments: CommentsAfter, now: Date): Promise<Result<{ deleteAt: Date }>> {
  if (actor.kind === 'guest') return notSignedIn();
  const { userId } = actor;
  return db().$transaction(async (tx) => {
    const account = await holdAccount(tx, userId);
    if (!account) return notSignedIn();
    const refusal = await findRefusalToDelete(tx, userId);
    if (refusal) return refusal;
    const deleteAt = account.deleteAt ?? new Date(now.getTime() + DELETION_HOURS * HOUR_MS);
    await tx.user.update({ where: { id: userId }, data: { deleteAt, deleteComments: comments }, select: { id: true } });
    if (!account.deleteAt) await sendJob(tx, 'delete-accounts', {}, { startAfter: deleteAt });
    return ok({ deleteAt });
  });
}

/**
 * Takes the request back. Idempotent. Refuses: `not-signed-in`, `conflict` when the hour has come and it is being
 * deleted; an account that cannot be deleted after all may be kept at any time.
 */
export async function keepAccount(actor: Actor, now: Date): Promise<Result> {
  if (actor.kind === 'guest') return notSignedIn();
  const { userId } = actor;
  return db().$transaction(async (tx) => {
    const account = await holdAccount(tx, userId);
    if (!account) return notSignedIn();
    const isDue = account.deleteAt !== null && account.deleteAt <= now;
    if (isDue && !(await findRefusalToDelete(tx, userId))) return fail('conflict', t('account.refusals.beingDeleted'));
    await tx.user.update({ where: { id: userId }, data: { deleteAt: null, deleteComments: null }, select: { id: true } });
    return ok();
  });
}

/**
 * Deletes the accounts whose hour has come, for the job of that name. Idempotent, and two at once do no harm: each person
 * is one transaction, or several for one with a long history, and what was cut off goes on where it stopped. Who has
 * become the last owner, or written a post meanwhile, stays. Throws after all others are done if one could not be deleted.
 */
export async function deleteDueAccounts(now: Date): Promise<void> {
  const due = await db().user.findMany({ where: { deleteAt: { lte: now } }, select: { id: true }, orderBy: [{ deleteAt: 'asc' }, { id: 'asc' }] });
  const failures: unknown[] = [];
  for (const { id } of due) {
    try {
      while ((await changing((tx, changed) => deleteStep(tx, changed, id, now), { timeout: STEP_MS })) === 'more');
    } catch (error) {
      log.error({ err: error }, 'An account could not be deleted.');
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${due.length} accounts could not be deleted.`);
}

/** Whether the desk listens to this person's keys, on every device from now on. Idempotent. Refuses: `not-found` for who has no desk. */
export async function setDeskKeys(actor: Actor, isOn: boolean): Promise<Result> {
  if (!hasDesk(actor)) return fail('not-found', t('account.refusals.noDesk'));
  await db().user.updateMany({ where: { id: actor.userId }, data: { deskKeys: isOn } });
  return ok();
}
