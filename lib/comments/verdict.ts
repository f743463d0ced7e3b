import type { Tx } from '../db/client';
import type { Actor } from '../identity/schema';
import { findSpamScore } from '../moderation/spam-knowledge';
import { NOTHING_NOTICED, screen, UNDER_PSEUDONYM, type ScreenedAuthor, type Verdict } from '../moderation/screening';
import type { Care } from '../moderation/schema';
import type { Ruleset } from '../moderation/ruleset';
import { readLinks } from '../text/comment-text';
import { plainText } from '../text/plain';
import type { SafeHtml } from '../text/safe-html';
import { noticedOf, type Arrival } from './noticed';
import type { Writer } from './pseudonyms';
import { isKnownIdentity } from './queries';

/** A comment that is about to be kept: where, by whom, what. `ip` is the sender's address. */
export type Draft = { postId: string; parent: Parent | null; writer: Writer; source: string; sourceHash: string; ip: string; rewordsId: string | null; came: Arrival };
type Parent = { id: string; rootId: string; depth: number };

/** Who writes it, as screening needs to know. */
type Sender = { actor: Actor; isStaff: boolean };

/**
 * What screening says of a comment that is about to be kept. A step of the command that submits it. `care`: of its post.
 * Under a pseudonym nothing counts that is known of the person or of where they write from: a reason would tell.
 */
export async function verdictOn(tx: Tx, draft: Draft, html: SafeHtml, { actor, isStaff }: Sender, care: Care, rules: Ruleset): Promise<Verdict> {
  const { writer } = draft;
  const isPseudonym = writer.pseudonymId !== null;
  const { hosts, share } = readLinks(html);
  const written = { name: writer.name, email: writer.email ?? '', website: writer.website ?? '', text: plainText(html), linkHosts: hosts, linkShare: share };
  const isTrusted = actor.kind === 'person' && actor.standing === 'trusted' && !isPseudonym;
  const screened = {
    ...written,
    source: draft.source,
    // A reason that names an address on the network would join a pseudonym to whoever else writes from there.
    ip: isPseudonym ? '' : draft.ip,
    care,
    noticed: { ...(await noticedOf(tx, draft, { actor, isStaff })), spam: isStaff || isTrusted ? NOTHING_NOTICED.spam : await findSpamScore(tx, written) },
  };
  return screen(screened, isPseudonym ? { ...UNDER_PSEUDONYM, isRewording: draft.rewordsId !== null } : await factsOf(tx, actor, draft, isStaff), rules);
}

async function factsOf(tx: Tx, actor: Actor, { postId, writer, rewordsId }: Draft, isStaff: boolean): Promise<ScreenedAuthor> {
  const person = actor.kind === 'person' ? actor : null;
  // What was approved under a pseudonym is not known of the person: a reason would tell.
  const approved = person && (await tx.comment.findFirst({ where: { userId: person.userId, pseudonymId: null, status: 'approved' }, select: { id: true } }));
  return {
    isStaff,
    isSignedIn: person !== null,
    isTrusted: person?.standing === 'trusted',
    isAlwaysHeld: person?.standing === 'held',
    hasApprovedComment: Boolean(approved),
    usesKnownIdentity: person === null && (await isKnownIdentity(tx, postId, writer.name, writer.email ?? '')),
    provenEmail: person?.email ?? null,
    isPseudonym: false,
    isRewording: rewordsId !== null,
  };
}
