import { findOwnNotice } from '@/lib/account/queries';
import { answerWith } from '@/lib/answer';
import { findPseudonym, findReplyName, mayTakePseudonym } from '@/lib/comments/queries';
import { A_GUEST, type BoxIdentity, type BoxState, type SentBox } from '@/lib/comments/box';
import { findOwnPicture, hasProvenAddress } from '@/lib/identity/queries';
import { suggestedName } from '@/lib/identity/rules';
import type { Actor } from '@/lib/identity/schema';
import { currentActor, currentWay } from '@/lib/identity/session';
import { findPostId } from '@/lib/posts/queries';
import { httpStatus, type Failure } from '@/lib/result';

/** Who is speaking, as the box under this post shows it. */
export async function speakerOf(actor: Actor, postId: string | null): Promise<BoxIdentity> {
  if (actor.kind === 'guest') return A_GUEST;
  const [way, picture, pseudonym, mayTake, notice, hasAddress] = await Promise.all([
    currentWay(),
    findOwnPicture(actor.userId),
    postId === null ? null : findPseudonym(postId, actor.userId),
    postId !== null && mayTakePseudonym(postId, actor.userId),
    findOwnNotice(actor, new Date()),
    hasProvenAddress(actor),
  ]);
  const name = actor.isNamed ? actor.name : suggestedName(actor.email);
  return { kind: 'person', name, isNamed: actor.isNamed, way, picture, pseudonym: pseudonym?.name ?? null, mayTakePseudonym: mayTake, notice, hasAddress };
}

/** The box with everything typed in it, and what else there is to say. */
export async function boxOf(box: SentBox, said: Partial<BoxState> = {}): Promise<BoxState> {
  const { comment, name, email, website, save, asPseudonym, pseudonym, told, notify } = box;
  const entered = { comment, name, email, website, save, asPseudonym, pseudonym, told, notify };
  const [parent, identity] = await Promise.all([findReplyName(box.parent), said.identity ?? presentSpeaker(box)]);
  return { message: null, fields: {}, entered, parent, reword: box.reword, ...(box.form.token && { token: box.form.token }), identity, ...said };
}

async function presentSpeaker(box: SentBox): Promise<BoxIdentity> {
  const actor = await currentActor();
  if (actor.kind === 'person' && box.asGuest) return { ...A_GUEST, insteadOf: actor.name };
  return speakerOf(actor, await findPostId(box.post, new Date(), actor));
}

/** The box again, with the sentence of a refusal and its real status. */
export async function refusedBox(box: SentBox, { code, message, fields = {}, retryAfterSeconds }: Failure, said: Partial<BoxState> = {}): Promise<BoxState> {
  answerWith(httpStatus[code], retryAfterSeconds);
  return boxOf(box, { message, fields, ...said });
}
