import { changing } from '../db/change';
import { db } from '../db/client';
import { fail, ok, type Result } from '../result';
import { askForPicture } from '../media/portraits';
import { providerSettings } from './offered';
import { createPerson } from './people';
import { emailSchema, type Provider, type Role, type Stated } from './schema';
import { newToken, sessionHash } from './tokens';

/** Whoever holds this address, or somebody new to hold it until they prove it. */
async function findOrCreateUser(email: string): Promise<{ id: string; role: Role }> {
  return db().$transaction(async (tx) => {
    const { id } = await createPerson(tx, { name: email.split('@')[0] ?? email, email, proven: false }, new Date());
    return tx.user.findUniqueOrThrow({ where: { id }, select: { id: true, role: true } });
  });
}

/** Makes sure that the owner named by OWNER_EMAIL exists and owns. Idempotent; never lowers anybody. */
export async function ensureOwner(email: string): Promise<void> {
  const user = await findOrCreateUser(emailSchema.parse(email));
  if (user.role === 'owner') return;
  await changing(async (tx, changed) => {
    await tx.user.update({ where: { id: user.id }, data: { role: 'owner' } });
    changed('posts');
  });
}

/**
 * Gives the person of this address a role, creating them where needed. Idempotent.
 * Refuses: `invalid` for what is not an address, `conflict` when the last owner would stop being one.
 */
export async function grantRole(email: string, role: Role): Promise<Result<{ email: string; role: Role }>> {
  const parsed = emailSchema.safeParse(email);
  if (!parsed.success) return fail('invalid', `“${email}” is not an e-mail address.`);
  const user = await findOrCreateUser(parsed.data);
  return changing(async (tx, changed) => {
    // Two owners leaving at once must not leave none: owners are locked before they are counted.
    const owners = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM "User" WHERE role = 'owner' FOR UPDATE`;
    const isLastOwner = owners.length === 1 && owners[0]?.id === user.id;
    if (isLastOwner && role !== 'owner') return fail('conflict', 'This is the only owner. Make somebody else owner first.');
    await tx.user.update({ where: { id: user.id }, data: { role } });
    // An owner's comments may carry `Author`.
    changed('posts');
    return ok({ email: parsed.data, role });
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

/** Notes that a provider worked, for the owner, and asks for the picture it names. */
export async function noteSignIn(provider: Provider, stated: Stated, now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.providerState.upsert({ where: { way: provider }, create: { way: provider, lastWorkedAt: now }, update: { lastWorkedAt: now } });
    if (stated.picture === null) return;
    const account = await tx.account.findUnique({ where: { provider_providerAccountId: { provider, providerAccountId: stated.id } }, select: { userId: true } });
    const issuer = providerSettings(provider)?.issuer;
    if (account) await askForPicture(tx, account.userId, stated.picture, issuer ? new URL(issuer).origin : null);
  });
}

/** Notes why a provider did not work, for the owner. */
export async function noteSignInFailure(provider: Provider, failure: string, now: Date): Promise<void> {
  const failed = { lastFailedAt: now, lastFailure: failure.slice(0, 500) };
  await db().providerState.upsert({ where: { way: provider }, create: { way: provider, ...failed }, update: failed });
}
