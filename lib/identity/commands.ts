import { changing } from '../db/change';
import { db } from '../db/client';
import { newId } from '../ids';
import { fail, ok, type Result } from '../result';
import { slugOf } from '../text/slug';
import { SESSION_DAYS, SIGN_IN_LINK_MINUTES, emailSchema, type Role } from './schema';
import { newToken, sessionHash, tokenHash } from './tokens';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

async function findOrCreateUser(email: string): Promise<{ id: string; role: Role }> {
  return db().$transaction(async (tx) => {
    // Several instances start at once on an empty database: one creates, the others find.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`user:${email}`}, 0))`;
    const known = await tx.user.findUnique({ where: { email }, select: { id: true, role: true } });
    if (known) return known;
    const id = newId();
    const name = email.split('@')[0] ?? email;
    const wish = slugOf(name);
    const taken = await tx.user.findUnique({ where: { slug: wish }, select: { id: true } });
    const slug = taken ? `${wish}-${id.slice(-6)}` : wish;
    return tx.user.create({ data: { id, email, name, slug }, select: { id: true, role: true } });
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

/**
 * Makes a one-time sign-in link for the person of this address; only its hash is stored.
 * Value: the path of the link, to be put behind SITE_URL, good for SIGN_IN_LINK_MINUTES.
 * Refuses: `invalid` for what is not an address, `not-found` when nobody has it.
 */
export async function issueSignInLink(email: string, now: Date): Promise<Result<{ path: string }>> {
  const parsed = emailSchema.safeParse(email);
  if (!parsed.success) return fail('invalid', `“${email}” is not an e-mail address.`);
  const user = await db().user.findUnique({ where: { email: parsed.data }, select: { id: true } });
  if (!user) {
    return fail('not-found', `Nobody here has the address ${parsed.data}. Give them a role first: npm run people -- grant ${parsed.data} reader`);
  }
  const token = newToken();
  const expires = new Date(now.getTime() + SIGN_IN_LINK_MINUTES * MINUTE_MS);
  await db().signInLink.create({ data: { id: newId(), email: parsed.data, tokenHash: tokenHash(token), createdAt: now, expires, returnTo: '/admin/comments' } });
  return ok({ path: `/sign-in/link?token=${token}` });
}

/**
 * Uses up a sign-in link and begins a session. Two uses at once: one wins.
 * Value: the session token for the cookie, and when it ends.
 * Refuses: `not-found` for a link that is unknown, used or older than SIGN_IN_LINK_MINUTES.
 */
export async function redeemSignInLink(token: string, now: Date): Promise<Result<{ sessionToken: string; expires: Date }>> {
  const gone = fail('not-found', 'This sign-in link was used already or is too old. Ask for a new one.');
  const hash = tokenHash(token);
  return changing(async (tx, changed) => {
    const link = await tx.signInLink.findUnique({ where: { tokenHash: hash } });
    if (!link || link.expires <= now) return gone;
    const used = await tx.signInLink.updateMany({ where: { tokenHash: hash, usedAt: null }, data: { usedAt: now } });
    if (used.count === 0) return gone;
    const user = await tx.user.findUnique({ where: { email: link.email }, select: { id: true, emailVerified: true } });
    if (!user) return gone;
    if (!user.emailVerified) {
      await tx.user.update({ where: { id: user.id }, data: { emailVerified: now } });
      // Whoever has claimed a name carries `Author` from now on.
      changed('posts');
    }
    const sessionToken = newToken();
    const expires = new Date(now.getTime() + SESSION_DAYS * DAY_MS);
    await tx.session.create({ data: { id: newId(), sessionToken: sessionHash(sessionToken), userId: user.id, expires, createdAt: now } });
    return ok({ sessionToken, expires });
  });
}

/** Ends a session. Idempotent. */
export async function closeSession(sessionToken: string): Promise<void> {
  await db().session.deleteMany({ where: { sessionToken: sessionHash(sessionToken) } });
}
