import { postTag, type Tag } from '../cache-tags';
import { changing } from '../db/change';
import type { Tx } from '../db/client';
import { mayEditPost } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { sendJob } from '../jobs';
import { findScreeningRules } from '../moderation/screening-rules';
import { fail, ok, type Failure, type Result } from '../result';
import { siteOrigin } from '../site-origin';
import { findSite } from '../site/queries';
import { momentIn } from '../site/rules';
import type { SiteView } from '../site/schema';
import { causePostNotices } from '../subscriptions/causes';
import { cleanText } from '../text/clean';
import { storedHtml } from '../text/safe-html';
import { causeWebhooks } from '../webhooks/causing';
import { t } from '../words/t';
import type { DiscussionRules } from './desk';
import { refusedForm, rowOf } from './editing';
import { comesOutFirst } from './first-out';
import { keepRevisions, textOfFields } from './keeping-revisions';
import { actSchema, type ActInput, type PostAct, type PostFields, type Saved } from './post-form';
import { postTextOf, type PostText } from './post-text';
import { isOwnLost, lastSaveOf, noteWindow } from './presence';
import { closingAtPublication } from './publication';
import { isOut, isPublished } from './rules';
import { chooseSlug, clearRedirect, leaveRedirect, withFreeSlug } from './slugs';
import { nextState, publicationOf, type PostState } from './states';
import { termNamesMark } from './term-names';
import { setTerms } from './terms';
import { conflictOf, inTrash, lockPost, notYours, savedNow, seenOf, workingFields, type WorkingPost } from './working-copy';

type Changed = (tag: Tag) => void;
type Stands = Pick<WorkingPost, 'id' | 'kind' | 'slug' | 'status' | 'publishedAt'>;

/** Names what readers see otherwise now: `isElsewhere` where lists, neighbours and the menu show it otherwise, too. */
export function nameChange(changed: Changed, before: Stands, after: Stands, isElsewhere: boolean, now: Date): void {
  if (!isOut(before, now) && !isOut(after, now)) return;
  changed(postTag(after.id));
  if (isElsewhere || isOut(before, now) !== isOut(after, now) || isPublished(before, now) !== isPublished(after, now) || before.slug !== after.slug) changed('posts');
}

/** Leaves a way from the address at which readers found it, and takes those away that stand before the present one. A step of a command. */
export async function settleAddress(tx: Tx, before: Stands, after: Stands, now: Date): Promise<void> {
  // Of one that goes in again, too: while it is a draft its address may change, and it may come out once more.
  if (isOut(before, now) && (before.slug !== after.slug || !isOut(after, now))) await leaveRedirect(tx, before);
  if (isOut(after, now)) await clearRedirect(tx, after);
}

type Target = { state: PostState; at: Date | null; password: string | null };

/** What lets nobody in whom the password kept out: when the post comes out again, its editor begins with it. */
const KEEPS_PASSWORD: ReadonlySet<PostAct['to']> = new Set(['update', 'draft', 'private']);

/** To what the act brings the post, or the refusal. */
function targetOf(post: WorkingPost, act: PostAct, fields: PostFields, { timeZone }: SiteView, now: Date): Target | Failure {
  const state = nextState[post.status][act.to];
  if (!state) return inTrash(post);
  const refused = (field: string, message: string) => fail('invalid', message, { fields: { [field]: message } });
  if (state !== 'draft' && fields.title === '' && fields.html === '') return refused('title', t('posts.saving.nothingToPublish'));
  const password = act.to === 'password' ? cleanText(act.password) : KEEPS_PASSWORD.has(act.to) ? post.password : null;
  if (state === 'password' && !password?.trim()) return refused('password', t('posts.saving.passwordWanted'));
  if (act.to !== 'scheduled') return { state, at: null, password };
  const at = momentIn(act.at, timeZone);
  if (!at) return refused('at', t('posts.saving.timeWanted'));
  return at > now ? { state, at, password } : refused('at', t('posts.saving.timeOver'));
}

type Applied = { fields: PostFields; text: PostText; target: Target; act: PostAct };

/** Writes what is saved and how it stands now. Gives the post as it is afterwards. */
async function apply(tx: Tx, post: WorkingPost, { fields, text, target, act }: Applied, rules: DiscussionRules, by: string, now: Date): Promise<Stands> {
  const publishedAt = publicationOf(post.publishedAt, target.state, act.to, target.at, now);
  const slug = await chooseSlug(tx, { id: post.id, kind: post.kind, present: post.slug, typed: fields.slug, title: fields.title });
  const revision = await keepRevisions(tx, post, { after: textOfFields(fields, text.source), by, keepsBefore: false, isAct: true, raises: true }, now);
  const closing = post.kind === 'post' ? closingAtPublication(post, publishedAt, rules, now) : {};
  const { source, html, htmlVersion, ...settings } = await rowOf(tx, fields, text);
  // What its row says already stays as it is made: source and HTML of what was imported belong together.
  const words = post.workingCopy ? { source, html, htmlVersion } : {};
  const row = { ...settings, ...words, ...closing, slug, revision, publishedAt, status: target.state, password: target.password };
  await tx.post.update({ where: { id: post.id }, data: row, select: { id: true } });
  await tx.postDraft.deleteMany({ where: { postId: post.id } });
  await setTerms(tx, post.id, fields);
  return { id: post.id, kind: post.kind, slug, status: target.state, publishedAt };
}

/** Has it published at its time; the minutely sweep does where this job is lost. */
export async function causePublication(tx: Tx, id: string, at: Date): Promise<void> {
  // By the moment, too: one that is moved to an earlier time must not wait for the job of the later.
  await sendJob(tx, 'publish', { id }, { startAfter: at, singletonKey: `${id} ${at.getTime()}` });
}

/** Whether lists show it otherwise by what was saved: all but its text. */
const isSeenElsewhere = (post: WorkingPost, fields: PostFields): boolean => {
  const { title, sticky, publishedAt } = post;
  const same = (one: string[], other: string[]) => termNamesMark(one) === termNamesMark(other);
  const isFiledAlike = same(post.categories.map(({ category }) => category.name), fields.categories) && same(post.tags.map(({ tag }) => tag.name), fields.tags);
  return title !== fields.title || sticky !== fields.sticky || publishedAt === null || !isFiledAlike;
};

type Acting = { actor: Person; input: ReturnType<typeof actSchema.parse>; site: SiteView; rules: DiscussionRules; now: Date };

async function actOn(tx: Tx, changed: Changed, post: WorkingPost, { actor, input: { act, tab, seen }, site, rules, now }: Acting): Promise<Result<Saved>> {
  const fields = workingFields(post);
  const target = targetOf(post, act, fields, site, now);
  if ('ok' in target) return target;
  const text = post.workingCopy ? await postTextOf(fields.html, tx) : { source: post.source, html: storedHtml(post.html), excerpt: post.excerpt };
  const after = await apply(tx, post, { fields, text, target, act }, rules, actor.userId, now);
  await settleAddress(tx, post, after, now);
  if (target.state === 'scheduled' && after.publishedAt) await causePublication(tx, post.id, after.publishedAt);
  if (await comesOutFirst(tx, post, after, now)) await causeWebhooks(tx, [{ event: 'postPublished', postId: post.id }], now);
  // Told of once: whoever only changes it causes nothing more.
  if (target.state === 'published' && post.status !== 'published' && post.kind === 'post') await causePostNotices(tx, post.id, siteOrigin(), now);
  nameChange(changed, post, after, isSeenElsewhere(post, fields), now);
  const saved = await savedNow(tx, post.id, { tab: tab ?? null, userId: actor.userId }, site, now);
  if (tab) await noteWindow(tx, { postId: post.id, tab, userId: actor.userId }, now, { from: seen, to: saved.seen });
  return ok(saved);
}

async function hasSeen(tx: Tx, post: WorkingPost, { actor, input: { tab, seen } }: Acting): Promise<boolean> {
  const present = seenOf(post);
  return seen === present || isOwnLost(tab ? await lastSaveOf(tx, { postId: post.id, tab, userId: actor.userId }) : null, seen, present);
}

/**
 * Does what an author does with what is saved: publishes, schedules, hides or updates it. What is saved becomes the post, in
 * one transaction, and the very next request shows it. Its first day of publication stays; a changed address leaves a way
 * from the old one. An act that changes the text writes a revision. Done again by the window that did it last it stands as it was done.
 * Refuses: `not-found`, `conflict` when it is not as it was seen or in the trash, `invalid` with a sentence for `at` or `password`.
 */
export async function actOnPost(actor: Actor, input: ActInput, now: Date): Promise<Result<Saved>> {
  const parsed = actSchema.safeParse(input);
  if (!parsed.success) return parsed.error.issues.some(({ path }) => path[0] === 'id') ? notYours() : refusedForm(parsed.error);
  const [site, { rules: screening }] = await Promise.all([findSite(), findScreeningRules()]);
  const rules = { ...site, sensitiveDays: screening.sensitiveDays };
  return withFreeSlug(() => changing(async (tx, changed) => {
    const post = await lockPost(tx, parsed.data.id);
    if (!post || !mayEditPost(actor, post.authorId)) return notYours();
    if (post.status === 'trash') return inTrash(post);
    const acting: Acting = { actor, input: parsed.data, site, rules, now };
    if (!(await hasSeen(tx, post, acting))) return conflictOf(tx, post, actor.userId, site);
    return actOn(tx, changed, post, acting);
  }));
}
