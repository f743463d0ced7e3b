import type { Tx } from '../db/client';
import type { Actor } from '../identity/schema';
import { UNDER_PSEUDONYM, screen, type ScreenedAuthor, type Verdict } from '../moderation/screening';
import type { ModerationSettings } from '../moderation/schema';
import { countLinks } from '../text/comment-text';
import { plainText } from '../text/plain';
import type { SafeHtml } from '../text/safe-html';
import type { Writer } from './pseudonyms';
import { isKnownIdentity } from './queries';

/** A comment that is about to be kept: where, by whom, what. `ip` is the sender's address. */
export type Draft = { postId: string; parent: Parent | null; writer: Writer; source: string; sourceHash: string; ip: string; rewordsId: string | null };
type Parent = { id: string; rootId: string; depth: number };

/** What screening says of a comment that is about to be kept. A step of the command that submits it. */
export async function verdictOn(tx: Tx, draft: Draft, html: SafeHtml, actor: Actor, isStaff: boolean, settings: ModerationSettings): Promise<Verdict> {
  const { writer } = draft;
  const isPseudonym = writer.pseudonymId !== null;
  const screened = {
    name: writer.name,
    email: writer.email ?? '',
    website: writer.website ?? '',
    source: draft.source,
    text: plainText(html),
    links: countLinks(html),
    // A reason that names an address on the network would join a pseudonym to whoever else writes from there.
    ip: isPseudonym ? '' : draft.ip,
  };
  return screen(screened, isPseudonym ? { ...UNDER_PSEUDONYM, isRewording: draft.rewordsId !== null } : await factsOf(tx, actor, draft, isStaff), settings);
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
    isPseudonym: false,
    isRewording: rewordsId !== null,
  };
}
