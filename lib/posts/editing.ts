import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { hasPosts, mayEditPost } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { findScreeningRules } from '../moderation/screening-rules';
import { fail, ok, type Failure, type Result } from '../result';
import { findSite } from '../site/queries';
import type { SiteView } from '../site/schema';
import { HTML_VERSION } from '../text/safe-html';
import { t } from '../words/t';
import { z } from '../zod';
import { keepFirstRevision, keepRevisions, presentText, textOfFields, type RevisionText } from './keeping-revisions';
import type { Heard } from './editor-wire';
import { saveSchema, type PostFields, type Save, type Saved } from './post-form';
import { postTextOf, type PostText } from './post-text';
import { isOwnLost, lastSaveOf, listOtherWindows, noteWindow } from './presence';
import { chooseSlug, withFreeSlug } from './slugs';
import { isDraft } from './states';
import { setTerms } from './terms';
import { conflictOf, inTrash, isKept, lockPost, notYours, savedNow, saysTheSame, seenOf, tidyFields, workingFields, type WorkingPost } from './working-copy';

/** What a save brings, made ready before the post is locked. */
type Ready = { actor: Person; save: Save; fields: PostFields; text: PostText; site: SiteView; now: Date };

/** The refusal of a form that is not in order: a sentence for each field. What only a broken page sends is told as that. */
export function refusedForm(error: z.ZodError): Failure {
  const said = ({ code, message }: z.core.$ZodIssue) => (code === 'too_big' || code === 'custom' ? message : t('posts.saving.incomplete'));
  const fields = Object.fromEntries(error.issues.toReversed().map((issue) => [String(issue.path.at(-1) ?? 'form'), said(issue)]));
  return fail('invalid', [...new Set(Object.values(fields))].join(' '), { fields });
}

/** What a row holds of these fields. Its slug is apart: it takes a question. */
export async function rowOf(tx: Tx, fields: PostFields, text: PostText) {
  const cover = fields.cover && (await isKept(fields.cover.assetId, tx)) ? fields.cover : null;
  return {
    title: fields.title, source: text.source, html: text.html, htmlVersion: HTML_VERSION, sticky: fields.sticky, sample: false,
    excerpt: fields.excerpt || text.excerpt, isOwnExcerpt: fields.excerpt !== '',
    coverId: cover?.assetId ?? null, coverAlt: cover?.alt ?? '', coverFocusX: cover?.focusX ?? 50, coverFocusY: cover?.focusY ?? 50,
  };
}

const tabOf = ({ save, actor }: Ready) => ({ postId: save.id, tab: save.tab, userId: actor.userId });

async function createDraft(tx: Tx, ready: Ready): Promise<Result<Saved>> {
  const { actor, save: { id, kind }, fields, text, site, now } = ready;
  const { rules } = await findScreeningRules(tx);
  const row = await rowOf(tx, fields, text);
  const slug = await chooseSlug(tx, { id, kind, present: null, typed: fields.slug, title: fields.title });
  await tx.post.create({ data: { id, kind, ...row, slug, status: 'draft', authorId: actor.userId, care: kind === 'post' ? rules.newPostCare : 'open', createdAt: now }, select: { id: true } });
  await setTerms(tx, id, fields);
  await keepFirstRevision(tx, id, textOfFields(fields, text.source), actor.userId, now);
  await noteWindow(tx, tabOf(ready), now, { from: '', to: '1.0' });
  return ok(await savedNow(tx, id, { tab: ready.save.tab, userId: actor.userId }, site, now));
}

/** Puts what was saved into a draft's own row. */
async function saveDraft(tx: Tx, post: WorkingPost, { fields, text }: Pick<Ready, 'fields' | 'text'>, revision: number): Promise<void> {
  const slug = await chooseSlug(tx, { id: post.id, kind: post.kind, present: post.slug, typed: fields.slug, title: fields.title });
  await tx.post.update({ where: { id: post.id }, data: { ...(await rowOf(tx, fields, text)), slug, revision }, select: { id: true } });
  // Of one that came back from the trash as a draft there may be a copy: it would hide from now on what is saved here.
  if (post.workingCopy) await tx.postDraft.delete({ where: { postId: post.id } });
  await setTerms(tx, post.id, fields);
}

async function saveCopy(tx: Tx, post: WorkingPost, fields: PostFields, revision: number, savedById: string, savedAt: Date): Promise<void> {
  const data = { fields, savedById, savedAt };
  await tx.postDraft.upsert({ where: { postId: post.id }, create: { postId: post.id, ...data }, update: { ...data, version: { increment: 1 } }, select: { postId: true } });
  if (revision !== post.revision) await tx.post.update({ where: { id: post.id }, data: { revision, updatedAt: post.updatedAt }, select: { id: true } });
}

type Written = { fields: PostFields; text: PostText; by: string; keepsBefore: boolean; isAct?: boolean };

/** Saves a text over the present one: in the row of a draft, else in the copy beside it. */
async function write(tx: Tx, post: WorkingPost, { fields, text, by, keepsBefore, isAct = false }: Written, now: Date): Promise<void> {
  const after: RevisionText = textOfFields(fields, isDraft(post) ? text.source : text.html);
  const revision = await keepRevisions(tx, post, { after, by, keepsBefore, isAct, raises: isDraft(post) }, now);
  await (isDraft(post) ? saveDraft(tx, post, { fields, text }, revision) : saveCopy(tx, post, fields, revision, by, now));
}

async function saveOver(tx: Tx, post: WorkingPost, ready: Ready): Promise<Result<Saved>> {
  const { actor, save: { seen, tab }, fields, text, site, now } = ready;
  const [present, last] = [seenOf(post), await lastSaveOf(tx, tabOf(ready))];
  const isSame = saysTheSame(fields, workingFields(post), post.slug);
  if (seen !== present && !isOwnLost(last, seen, present) && !(seen === '' && isSame)) return conflictOf(tx, post, actor.userId, site);
  // Of two that are under way beside each other the earlier may come later: what it would put away is written down.
  if (!isSame) await write(tx, post, { fields, text, by: actor.userId, keepsBefore: last?.to !== present || seen !== present }, now);
  const saved = await savedNow(tx, post.id, { tab, userId: actor.userId }, site, now);
  await noteWindow(tx, tabOf(ready), now, { from: seen, to: saved.seen });
  return ok(saved);
}

// First of all, and whatever else is sent: nobody is told of another’s post that it is gone, or what is wrong with it.
const openerSchema = z.object({ as: z.uuid() });
const somebodyElse = (): Failure => fail('not-signed-in', t('posts.saving.somebodyElse'));

/**
 * One save of the editor's. A post that is not there yet becomes a draft of the actor's; a draft is saved in its own row,
 * everything else in a copy beside it, which readers do not see. Atomic; the same save twice is one. Texts that would be
 * lost, and one every ten minutes, are written down as revisions. What is saved already is not written again.
 * Refuses: `not-found` (unknown, or not the actor's to change), `invalid` with a sentence for each field, `conflict` when
 * somebody else, or another window, has saved since `seen`, or it is in the trash: nothing is overwritten then;
 * `not-signed-in` when the window was opened by somebody else.
 */
export async function saveWorking(actor: Actor, save: unknown, now: Date): Promise<Result<Saved>> {
  const opener = openerSchema.safeParse(save);
  if (opener.success && actor.kind === 'person' && opener.data.as !== actor.userId) return somebodyElse();
  if (!hasPosts(actor)) return notYours();
  const parsed = saveSchema.safeParse(save);
  if (!parsed.success) return refusedForm(parsed.error);
  const [site, text] = await Promise.all([findSite(), postTextOf(parsed.data.fields.html)]);
  return withFreeSlug(() => changing(async (tx) => {
    const post = await lockPost(tx, parsed.data.id);
    const ready = { actor, save: parsed.data, fields: tidyFields(parsed.data.fields, post?.kind ?? parsed.data.kind, text.html), text, site, now };
    if (!post) return parsed.data.seen === '' ? createDraft(tx, ready) : notYours();
    if (!mayEditPost(actor, post.authorId)) return notYours();
    return post.status === 'trash' ? inTrash(post) : saveOver(tx, post, ready);
  }));
}

const namedSchema = z.object({ id: z.uuid(), seen: z.string().max(40) });
const restoredSchema = namedSchema.extend({ revision: z.uuid() });

type Held = { tx: Tx; post: WorkingPost; person: Person; site: SiteView };

/** One act on what is being changed of a post, which has to be as it was seen. */
async function onSeen(actor: Actor, { id, seen }: { id: string; seen: string }, act: (held: Held) => Promise<Failure | null>, now: Date): Promise<Result<Saved>> {
  const site = await findSite();
  return withFreeSlug(() => changing(async (tx) => {
    const post = await lockPost(tx, id);
    if (!post || !mayEditPost(actor, post.authorId)) return notYours();
    if (post.status === 'trash') return inTrash(post);
    if (seen !== seenOf(post)) return conflictOf(tx, post, actor.userId, site);
    const refused = await act({ tx, post, person: actor, site });
    return refused ?? ok(await savedNow(tx, id, { tab: null, userId: actor.userId }, site, now));
  }));
}

/**
 * Throws away what is being changed in a post that is out: its editor shows what readers see. The text stays among the
 * revisions. Atomic. Refuses: `not-found`, `conflict` when it is not as it was seen.
 */
export async function discardWorking(actor: Actor, input: unknown, now: Date): Promise<Result<Saved>> {
  const parsed = namedSchema.safeParse(input);
  if (!parsed.success) return notYours();
  return onSeen(actor, parsed.data, async ({ tx, post, person }) => {
    if (!post.workingCopy) return null;
    const after = presentText({ ...post, workingCopy: null });
    const revision = await keepRevisions(tx, post, { after, by: person.userId, keepsBefore: true, isAct: true, raises: true }, now);
    await tx.postDraft.delete({ where: { postId: post.id } });
    await tx.post.update({ where: { id: post.id }, data: { revision, updatedAt: post.updatedAt }, select: { id: true } });
    return null;
  }, now);
}

/**
 * Takes an earlier text up again: title, text and excerpt become what is being worked on; the present text stays among the
 * revisions. Readers see it after the next act. Atomic. `revision`: its id. Refuses: `not-found`, `conflict` when the post
 * is not as it was seen.
 */
export async function restoreRevision(actor: Actor, input: unknown, now: Date): Promise<Result<Saved>> {
  const parsed = restoredSchema.safeParse(input);
  if (!parsed.success) return notYours();
  const { id, revision } = parsed.data;
  const earlier = await db().postRevision.findFirst({ where: { id: revision, postId: id }, select: { title: true, html: true, excerpt: true } });
  const text = earlier && (await postTextOf(earlier.html));
  return onSeen(actor, parsed.data, async ({ tx, post, person }) => {
    if (!earlier || !text) return notYours();
    const fields = { ...workingFields(post), title: earlier.title, html: text.html, excerpt: earlier.excerpt };
    if (!saysTheSame(fields, workingFields(post), post.slug)) await write(tx, post, { fields, text, by: person.userId, keepsBefore: true, isAct: true }, now);
    return null;
  }, now);
}

const beatSchema = z.object({ id: z.uuid(), tab: z.uuid() });

/** Says that a window in which a post is changed is still open; gives the others, what `seen` is now and whether this window has made it so. Refuses: `not-found`. */
export async function beatEditing(actor: Actor, input: unknown, now: Date): Promise<Result<Heard>> {
  const parsed = beatSchema.safeParse(input);
  if (!parsed.success) return notYours();
  const { id, tab } = parsed.data;
  return db().$transaction(async (tx) => {
    const post = await tx.post.findUnique({ where: { id }, select: { authorId: true, status: true, revision: true, workingCopy: { select: { version: true } } } });
    if (!post || post.status === 'trash' || !mayEditPost(actor, post.authorId)) return notYours();
    const [window, seen] = [{ postId: id, tab, userId: actor.userId }, seenOf(post)];
    await noteWindow(tx, window, now);
    return ok({ seen, isOwn: (await lastSaveOf(tx, window))?.to === seen, others: await listOtherWindows(tx, id, window, now) });
  });
}
