import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { newId } from '../ids';
import { fail, ok, type Result } from '../result';
import { askForPicture } from '../media/portraits';
import { providerSettings } from './offered';
import { createPerson } from './people';
import { setRole } from './roles';
import { emailSchema, type Provider, type Role, type Stated } from './schema';
import { newToken, sessionHash } from './tokens';

/** Whoever holds this address, or somebody new to hold it until they prove it. */
const findOrCreatePerson = (tx: Tx, email: string, now: Date) => createPerson(tx, { name: email.split('@')[0] ?? email, email, proven: false }, now);

/** Makes sure that the owner named by OWNER_EMAIL exists and owns. Idempotent; never lowers anybody. */
export async function ensureOwner(email: string): Promise<void> {
  const address = emailSchema.parse(email);
  const now = new Date();
  await changing(async (tx, changed) => {
    const { id } = await findOrCreatePerson(tx, address, now);
    await setRole(tx, changed, { userId: id, role: 'owner', actorId: null, what: 'role' }, now);
  });
}

/**
 * Gives the person of this address a role, creating them where needed; their sessions end when it is another one. Idempotent.
 * Refuses: `invalid` for what is not an address, `conflict` when the last owner would stop being one.
 */
export async function grantRole(email: string, role: Role): Promise<Result<{ email: string; role: Role }>> {
  const parsed = emailSchema.safeParse(email);
  if (!parsed.success) return fail('invalid', `“${email}” is not an e-mail address.`);
  const now = new Date();
  return changing(async (tx, changed) => {
    const { id } = await findOrCreatePerson(tx, parsed.data, now);
    const set = await setRole(tx, changed, { userId: id, role, actorId: null, what: 'role' }, now);
    return set.ok ? ok({ email: parsed.data, role }) : set;
  });
}

/**
 * Ends every session of the person of this address, or of everybody (null), on the command line, and writes it down of each. Idempotent.
 * Refuses: `invalid` for what is not an address, `not-found` when nobody has it.
 */
export async function endSessionsByHand(email: string | null, now: Date): Promise<Result<{ count: number }>> {
  const parsed = email === null ? null : emailSchema.safeParse(email);
  if (parsed && !parsed.success) return fail('invalid', `“${email}” is not an e-mail address.`);
  return db().$transaction(async (tx) => {
    const user = parsed && await tx.user.findUnique({ where: { email: parsed.data }, select: { id: true } });
    if (parsed && !user) return fail('not-found', `Nobody here has the address ${parsed.data}.`);
    const whose = user ? { userId: user.id } : {};
    const open = await tx.session.groupBy({ by: ['userId'], where: { ...whose, expires: { gt: now } }, _count: true });
    const { count } = await tx.session.deleteMany({ where: whose });
    await tx.personEvent.createMany({ data: open.map(({ userId, _count }) => ({ id: newId(), userId, what: 'sessions', from: '', to: String(_count), createdAt: now })) });
    return ok({ count });
  });
}

/** Ends a session. Idempotent. */
export async function closeSession(sessionToken: string): Promise<void> {
  await db().session.deleteMany({ where: { sessionToken: sessionHash(sessionToken) } });
}

/** Gives a session another token, as whenever what it may do grows; the old one opens nothing any more. Null when there is none. */
export async function renewSession(sessionToken: string): Promise<string | null> {
  const renewed = newToken();
  const { count } = await db().session.updateMany({ where: { sessionToken: sessionHash(sessionToken) }, data: { sessionToken: sessionHash(renewed) } });
  return count > 0 ? renewed : null;
}

/**
 * Notes that a provider worked, for the owner, and asks for the picture it names. `begunAt`: when this sign-in came back.
 * Value: whether it made somebody new although another login names the same address, which is proven only here.
 */
export async function noteSignIn(provider: Provider, stated: Stated, begunAt: Date): Promise<{ isNotJoined: boolean }> {
  return db().$transaction(async (tx) => {
    await tx.providerState.upsert({ where: { way: provider }, create: { way: provider, lastWorkedAt: begunAt }, update: { lastWorkedAt: begunAt } });
    const account = await tx.account.findUnique({ where: { provider_providerAccountId: { provider, providerAccountId: stated.id } }, select: { userId: true, user: { select: { createdAt: true } } } });
    if (!account) return { isNotJoined: false };
    const issuer = providerSettings(provider)?.issuer;
    if (stated.picture !== null) await askForPicture(tx, account.userId, stated.picture, issuer ? new URL(issuer).origin : null);
    const isNew = account.user.createdAt >= begunAt && stated.isEmailProven && stated.email !== null;
    const other = isNew ? await tx.account.findFirst({ where: { statedEmail: stated.email, userId: { not: account.userId } }, select: { provider: true } }) : null;
    return { isNotJoined: other !== null };
  });
}

/** Notes why a provider did not work, for the owner. */
export async function noteSignInFailure(provider: Provider, failure: string, now: Date): Promise<void> {
  const failed = { lastFailedAt: now, lastFailure: failure.slice(0, 500) };
  await db().providerState.upsert({ where: { way: provider }, create: { way: provider, ...failed }, update: failed });
}
