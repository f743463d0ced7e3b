import { beforeEach, describe, expect, test } from 'vitest';
import type { Tag } from '@/lib/cache-tags';
import { postTag } from '@/lib/cache-tags';
import { onOwnChange } from '@/lib/db/change';
import { db } from '@/lib/db/client';
import { ensureOwner } from '@/lib/identity/commands';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { findFirstSteps, noteDownload, sendTestMail } from '@/lib/site/first-steps';
import { removeSample } from '@/lib/site/sample';
import { saveSettings, findSettings, setStepsHidden } from '@/lib/site/settings';
import { progressOf } from '@/lib/site/step-views';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { writeSampleBlog } from '@/prisma/sample-blog';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const now = new Date('2026-11-26T20:00:00Z');

let changed: Tag[] = [];
beforeEach(() => {
  changed = [];
  onOwnChange((tags) => changed.push(...tags));
});

async function person(role: Role): Promise<Person> {
  const user = await makeUser({ role, emailVerified: now });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

/** The sample blog as a first start writes it, with its owner. */
async function sampleBlog(): Promise<Person> {
  await ensureOwner('owner@example.com');
  await writeSampleBlog(now);
  const user = await db().user.findUniqueOrThrow({ where: { email: 'owner@example.com' } });
  changed = [];
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role: 'owner', standing: 'normal', standingUntil: null, writerHash: null };
}

const ticks = async (owner: Person) => Object.entries((await findFirstSteps(owner, now))!).filter(([, step]) => step.isDone).map(([name]) => name);

describe('a step is ticked by what the database has', () => {
  test('none on the day of the first start', async () => {
    const owner = await sampleBlog();
    const steps = (await findFirstSteps(owner, now))!;
    expect(progressOf(steps)).toEqual({ done: 0, of: 7 });
    expect(steps).toMatchObject({ name: { title: 'Small Hours', author: 'Marlene' }, pages: { about: { isDone: false, id: expect.any(String) }, privacy: { isDone: false, id: null } }, mail: { address: 'owner@example.com', hasServer: false, state: null } });
    expect(steps.sample).toMatchObject({ count: await db().post.count({ where: { sample: true } }), kept: [] });
  });

  test('the name, once it is one’s own', async () => {
    const owner = await sampleBlog();
    const seen = (await findSettings(owner))!.seen.name;
    expect(await saveSettings(owner, { section: 'name', seen, typed: { title: 'Lamps', tagline: '' } }, now)).toMatchObject({ ok: true });
    expect(await ticks(owner)).toEqual(['name']);
  });

  test.each([['checked', true], ['importing', true], ['done', true], ['uploading', false], ['checking', false], ['failed', false]] as const)('an import that is %s: %s', async (state, isDone) => {
    const owner = await sampleBlog();
    await db().transfer.create({ data: { id: newId(), actorId: owner.userId, fileName: 'blog.xml', bytes: 1n, state } });
    expect((await findFirstSteps(owner, now))!.import.isDone).toBe(isDone);
  });

  test('an import of the command line, by what came in', async () => {
    const owner = await sampleBlog();
    await db().importKey.create({ data: { source: 'wxr:x', kind: 'post', externalId: '1', targetId: null } });
    expect((await findFirstSteps(owner, now))!.import.isDone).toBe(false);
    await db().importKey.create({ data: { source: 'wxr:x', kind: 'post', externalId: '2', targetId: newId() } });
    expect((await findFirstSteps(owner, now))!.import.isDone).toBe(true);
  });

  test('About and Privacy, once both are one’s own and readers find them', async () => {
    const owner = await sampleBlog();
    await db().post.updateMany({ where: { kind: 'page', slug: 'about' }, data: { sample: false } });
    const page = await makePost({ authorId: owner.userId, kind: 'page', slug: 'privacy', title: 'Privacy', status: 'draft' });
    expect((await findFirstSteps(owner, now))!.pages).toEqual({ isDone: false, about: { isDone: true, id: expect.any(String) }, privacy: { isDone: false, id: page.id } });
    await db().post.update({ where: { id: page.id }, data: { status: 'published', publishedAt: now } });
    expect(await ticks(owner)).toEqual(['pages']);
  });

  test('a moderator, or an invitation to be one that still opens', async () => {
    const owner = await sampleBlog();
    const invited = { email: 'm@example.com', role: 'moderator' as const, invitedById: owner.userId };
    await db().invitation.create({ data: { id: newId(), tokenHash: 'a', ...invited, expires: now } });
    expect(await ticks(owner)).toEqual([]);
    await db().invitation.create({ data: { id: newId(), tokenHash: 'b', ...invited, expires: new Date(now.getTime() + 1) } });
    expect(await ticks(owner)).toEqual(['moderator']);
    await db().invitation.deleteMany();
    await makeUser({ role: 'moderator' });
    expect(await ticks(owner)).toEqual(['moderator']);
  });

  test('a backup that was taken along', async () => {
    const owner = await sampleBlog();
    await noteDownload(now);
    expect(await ticks(owner)).toEqual(['download']);
  });

  test('the test mail is kept in the Outbox without a mail server, and counts once a mail has left', async () => {
    const owner = await sampleBlog();
    expect(await sendTestMail(owner, now)).toEqual({ ok: true, value: 'owner@example.com' });
    const mail = await db().mail.findFirstOrThrow();
    expect(mail).toMatchObject({ to: 'owner@example.com', subject: 'A test mail from your blog', sentAt: null });
    expect((await findFirstSteps(owner, now))!.mail).toMatchObject({ isDone: false, hasServer: false, state: 'kept' });
    await db().mail.update({ where: { id: mail.id }, data: { failure: 'The server did not answer.' } });
    expect((await findFirstSteps(owner, now))!.mail).toMatchObject({ isDone: false, failure: 'The server did not answer.' });
    await db().mail.update({ where: { id: mail.id }, data: { sentAt: now, failure: null } });
    expect(await ticks(owner)).toEqual(['mail']);
  });

  test('test mails have an end', async () => {
    const owner = await sampleBlog();
    for (const no of [1, 2, 3, 4, 5]) expect([no, await sendTestMail(owner, now)]).toMatchObject([no, { ok: true }]);
    expect(await sendTestMail(owner, now)).toMatchObject({ ok: false, code: 'too-many' });
    expect(await db().mail.count()).toBe(5);
  });
});

test('the steps are an owner’s alone, until they hide them', async () => {
  const owner = await sampleBlog();
  for (const role of ['moderator', 'author', 'reader'] as const) {
    const other = await person(role);
    expect([await findFirstSteps(other, now), await sendTestMail(other, now), await removeSample(other)]).toEqual([null, expect.objectContaining({ code: 'not-found' }), expect.objectContaining({ code: 'not-found' })]);
  }
  const guest: Actor = { kind: 'guest', writerHash: null };
  expect([await sendTestMail(guest, now), await removeSample(guest)]).toEqual([expect.objectContaining({ code: 'not-found' }), expect.objectContaining({ code: 'not-found' })]);
  await setStepsHidden(owner, true);
  expect(await findFirstSteps(owner, now)).toBeNull();
  await setStepsHidden(owner, false);
  expect(await findFirstSteps(owner, now)).not.toBeNull();
});

describe('the sample posts', () => {
  test('go at once with their comments, their categories and tags, and nothing else', async () => {
    const owner = await sampleBlog();
    const mine = await makePost({ authorId: owner.userId, slug: 'mine' });
    await makeComment({ postId: mine.id });
    const category = await db().category.findFirstOrThrow();
    await db().postCategory.create({ data: { postId: mine.id, categoryId: category.id } });
    const samples = await db().post.findMany({ where: { sample: true }, select: { id: true } });
    expect(await removeSample(owner)).toEqual({ ok: true, value: { removed: samples.length, kept: [] } });
    expect((await db().post.findMany({ select: { id: true } })).map(({ id }) => id)).toEqual([mine.id]);
    expect([await db().comment.count(), await db().tag.count(), (await db().category.findMany()).map(({ id }) => id)]).toEqual([1, 0, [category.id]]);
    expect(new Set(changed)).toEqual(new Set(['posts', ...samples.map(({ id }) => postTag(id))]));
    expect(await ticks(owner)).toEqual(['sample']);
    expect(await removeSample(owner)).toEqual({ ok: true, value: { removed: 0, kept: [] } });
  });

  test('stay where a reader has written or somebody changes them, and are named; what owners tried there goes', async () => {
    const owner = await sampleBlog();
    const [read, changing, tried, edited] = await db().post.findMany({ where: { sample: true, kind: 'post' }, orderBy: { title: 'asc' }, select: { id: true, title: true } });
    await makeComment({ postId: read!.id, rule: 'first-comment', ipHash: 'x' });
    await db().postDraft.create({ data: { postId: changing!.id, fields: {}, savedById: owner.userId, savedAt: now } });
    await makeComment({ postId: tried!.id, rule: 'staff', userId: owner.userId });
    await db().post.update({ where: { id: edited!.id }, data: { sample: false } });
    const kept = [read!, changing!].map(({ id, title }) => ({ id, title }));
    expect((await findFirstSteps(owner, now))!.sample).toMatchObject({ isDone: false, kept });
    expect(await removeSample(owner)).toMatchObject({ ok: true, value: { kept } });
    expect((await db().post.findMany({ orderBy: { title: 'asc' }, select: { id: true } })).map(({ id }) => id).sort()).toEqual([read!, changing!, edited!].map(({ id }) => id).sort());
    expect((await findFirstSteps(owner, now))!.sample).toEqual({ isDone: true, count: 0, kept });
  });

  test('are removed once when it is asked twice at the same moment', async () => {
    const owner = await sampleBlog();
    const count = await db().post.count({ where: { sample: true } });
    const removed = await Promise.all([removeSample(owner), removeSample(owner)]);
    expect(removed.map((result) => (result.ok ? result.value.removed : -1)).sort((one, other) => one - other)).toEqual([0, count]);
  });
});
