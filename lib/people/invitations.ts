import { changing } from '../db/change';
import type { Tx } from '../db/client';
import { siteOrigin } from '../site-origin';
import { claimAddress, createPerson, lockAddress, openSession } from '../identity/people';
import { lockPeople, setRole } from '../identity/roles';
import { emailSchema, type Actor } from '../identity/schema';
import { newToken, tokenHash, tokenHashes } from '../identity/tokens';
import { newId } from '../ids';
import { letter } from '../notifications/letter';
import { sendMail } from '../notifications/outbox';
import { fail, ok, type Failure, type Result } from '../result';
import { findSite } from '../site/queries';
import { writtenTime } from '../site/rules';
import { raisedRole, refusalToOwnersActs } from './rules';
import { INVITATION_DAYS, type NewInvitation, type Role } from './schema';
import { t } from '../words/t';

const DAY_MS = 24 * 60 * 60 * 1000;
const gone = () => fail('not-found', t('people.invitation.gone'));

/** The owner who acts, locked until the transaction ends; a refusal when they are none any more. */
async function lockOwner(tx: Tx, actor: Actor): Promise<{ userId: string } | Failure> {
  const refused = refusalToOwnersActs(actor);
  if (refused || actor.kind === 'guest') return refused ?? gone();
  const { owners } = await lockPeople(tx, []);
  return owners.includes(actor.userId) ? { userId: actor.userId } : fail('forbidden', t('people.refusals.onlyOwners'));
}

export type Invited = { email: string; role: Role; expires: Date; link: string };

/**
 * Invites whoever has this address to a role: a mail with a link that opens once, within INVITATION_DAYS. Only the hash
 * of its token is stored. An older open invitation of the address is replaced. Value: the link, for where no mail leaves.
 * Refuses: `not-signed-in`, `not-found`, `forbidden` for all but owners, `invalid` for what is no address, `duplicate` when somebody has proven the address.
 */
export async function createInvitation(actor: Actor, { email: typed, role }: NewInvitation, now: Date): Promise<Result<Invited>> {
  const refusal = refusalToOwnersActs(actor);
  if (refusal) return refusal;
  const { success, data: email = '', error } = emailSchema.safeParse(typed);
  if (!success) return refused(error?.issues[0]?.message ?? t('people.refusals.noAddress'), 'invalid');
  const token = newToken();
  const link = `${siteOrigin()}/sign-in/invitation?token=${token}`;
  const expires = new Date(now.getTime() + INVITATION_DAYS * DAY_MS);
  const site = await findSite();
  return changing(async (tx) => {
    await lockAddress(tx, email);
    const owner = await lockOwner(tx, actor);
    if ('ok' in owner) return owner;
    const known = await tx.user.findUnique({ where: { email }, select: { emailVerified: true } });
    if (known?.emailVerified) return refused(t('people.refusals.hasAccount'), 'duplicate');
    await tx.invitation.deleteMany({ where: { email, usedAt: null } });
    await tx.invitation.create({ data: { id: newId(), email, role, tokenHash: tokenHash(token), invitedById: owner.userId, createdAt: now, expires }, select: { id: true } });
    const mail = await letter({
      siteTitle: site.title,
      paragraphs: [t('people.invitationMail.offer', { blog: site.title, role }), t('people.invitationMail.worksUntil', { time: writtenTime(expires, site) })],
      action: { label: t('people.invitationMail.see'), href: link },
      footer: t('people.invitationMail.footer'),
    });
    await sendMail(tx, { to: email, subject: t('people.invitationMail.subject', { blog: site.title }), ...mail, expires }, now);
    return ok({ email, role, expires, link });
  });
}

const refused = (sentence: string, code: 'invalid' | 'duplicate'): Failure => fail(code, sentence, { fields: { email: sentence } });

/**
 * Withdraws an open invitation: its link opens no more.
 * Refuses: `not-signed-in`, `not-found` (also for one that is used), `forbidden` for all but owners.
 */
export async function withdrawInvitation(actor: Actor, id: string): Promise<Result<{ email: string; role: Role }>> {
  return changing(async (tx) => {
    const owner = await lockOwner(tx, actor);
    if ('ok' in owner) return owner;
    const [invitation] = await tx.$queryRaw<{ email: string; role: Role }[]>`DELETE FROM "Invitation" WHERE id = ${id}::uuid AND "usedAt" IS NULL RETURNING email, role`;
    return invitation ? ok(invitation) : fail('not-found', t('people.refusals.invitationGone'));
  });
}

export type Accepted = { session: { sessionToken: string; expires: Date } | null; hasDesk: boolean };

/**
 * Accepts an invitation: whoever has its link has proven the address. Finds or makes the person, raises the role (never
 * lowers it), writes it down, ends their older sessions and begins one. Two at once: one wins. Whoever has proven the
 * address meanwhile by themself signs in by themself: an owner is shown the link, and it opens nobody's account to them.
 * Value: the session, or null for those, and whether there is a desk to go to.
 * Refuses: `not-found` for one that is unknown, used, withdrawn, too old, or from somebody who is no owner any more.
 */
export async function acceptInvitation(token: string, now: Date): Promise<Result<Accepted>> {
  return changing(async (tx, changed) => {
    const open = { tokenHash: { in: tokenHashes(token) }, usedAt: null, expires: { gt: now } };
    const invitation = await tx.invitation.findFirst({ where: open, select: { email: true, role: true, invitedById: true } });
    if (!invitation) return gone();
    const { invitedById, email } = invitation;
    await lockAddress(tx, email);
    const known = await tx.user.findUnique({ where: { email }, select: { id: true, emailVerified: true } });
    const people = await lockPeople(tx, known ? [known.id] : []);
    if (!invitedById || !people.owners.includes(invitedById)) return gone();
    const used = await tx.invitation.updateMany({ where: open, data: { usedAt: now } });
    if (used.count === 0) return gone();
    const { id } = await createPerson(tx, { name: null, email, proven: false }, now);
    await claimAddress(tx, changed, id, email, now);
    const role = raisedRole(people.find(id)?.role ?? 'reader', invitation.role);
    const set = await setRole(tx, changed, { userId: id, role, actorId: invitedById, what: 'invitation' }, now);
    if (!set.ok) return set;
    const { standing } = await tx.user.findUniqueOrThrow({ where: { id: id }, select: { standing: true } });
    return ok({ session: known?.emailVerified ? null : await onlySession(tx, id, now), hasDesk: role !== 'reader' && standing !== 'banned' });
  });
}

/** A new session in place of all others: what was signed in before had another role. */
async function onlySession(tx: Tx, userId: string, now: Date): Promise<{ sessionToken: string; expires: Date }> {
  await tx.session.deleteMany({ where: { userId } });
  return openSession(tx, userId, null, now);
}
