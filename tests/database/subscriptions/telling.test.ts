import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/identity/schema';
import { decideComment, undoDecision } from '@/lib/moderation/commands';
import { sendDecisionMails } from '@/lib/moderation/decision-mail';
import { mailId } from '@/lib/notifications/outbox';
import { sendCommentNotices } from '@/lib/subscriptions/comment-notices';
import { confirmSubscriptions, leaveSubscriptions } from '@/lib/subscriptions/commands';
import { sendDigests } from '@/lib/subscriptions/digests';
import { sendPostNotices } from '@/lib/subscriptions/post-notices';
import { useDatabase } from '@/tests/support/database';
import { ALL, comment, follow, GUEST, later, mailsTo, now, origin, person, post, REPLIES, subscriber, tokenOf, valueOf } from './scene';

const database = useDatabase();
const DAY = 24 * 60 * 60;

type Job = { comment?: string; post?: string; origin: string; after?: string };
const jobsOf = async (name: string) => (await database.sql.query<{ data: Job }>(`SELECT data FROM pgboss.job WHERE name = $1 ORDER BY created_on, id`, [name])).rows.map(({ data }) => data);

/** As the worker does when the time of the jobs has come; twice, for a job may be done more than once. */
async function tell(at = later(60)): Promise<void> {
  for (const time of [0, 1]) for (const { comment: id } of await jobsOf('comment-notices')) if (id) await sendCommentNotices({ comment: id, origin }, new Date(at.getTime() + time));
}

const keyOf = async (publicId: string) => (await db().comment.findUniqueOrThrow({ where: { publicId } })).id;
const seen = async (publicId: string) => {
  const { revision, status } = await db().comment.findUniqueOrThrow({ where: { publicId } });
  return { comment: publicId, revision, seenStatus: status };
};
const decide = async (actor: Actor, publicId: string, decision: 'approve' | 'unapprove' | 'trash', at = now) => valueOf(await decideComment(actor, { ...(await seen(publicId)), decision }, at));
const subjects = async (to: string) => (await mailsTo(to)).map(({ subject }) => subject);
const texts = async (to: string) => (await mailsTo(to)).map(({ text }) => text);

/** A post with two readers who are told of it: Ida of all comments, Udo of replies to his own. */
async function scene() {
  const there = await post();
  const [owner, ida, udo] = [await person('owner'), await person(), await person()];
  const [idas, udos] = [await comment(ida, there.slug, { wishes: ALL }), await comment(udo, there.slug, { wishes: REPLIES })];
  for (const { id } of [idas, udos]) await db().comment.update({ where: { publicId: id }, data: { status: 'approved', announcedAt: now } });
  return { there, owner, ida, udo, idas, udos };
}

describe('a comment that is published', () => {
  test('is told to who asked for all, and to who is answered, and never to its writer', async () => {
    const { there, owner, ida, udo, udos } = await scene();
    await comment(owner, there.slug, { text: 'A word from the owner.' });
    await comment(owner, there.slug, { parent: udos.id, text: 'An answer to Udo.', at: later(20) });
    await comment(ida, there.slug, { text: 'Another word from Ida.', at: later(40) });
    await db().comment.updateMany({ where: { source: 'Another word from Ida.' }, data: { status: 'approved' } });
    await tell();
    const hers = await texts(ida.email);
    expect(hers).toHaveLength(2);
    for (const said of ['> A word from the owner.', '> An answer to Udo.']) expect(hers.join('')).toContain(said);
    expect(await texts(udo.email)).toEqual([expect.stringContaining(`${owner.name} replied to you`)]);
    expect(await texts(owner.email)).toEqual([]);
  });

  test('which waits is told when somebody lets it, once, whatever becomes of it afterwards', async () => {
    const { there, owner, ida } = await scene();
    const waiting = await comment(GUEST, there.slug, { text: 'I wait.' });
    await tell();
    expect(await subjects(ida.email)).toEqual([]);
    const { event } = await decide(owner, waiting.id, 'approve');
    await tell();
    expect(await texts(ida.email)).toEqual([expect.stringContaining('> I wait.')]);
    valueOf(await undoDecision(owner, event, later(70)));
    await decide(owner, waiting.id, 'approve', later(80));
    await decide(owner, waiting.id, 'unapprove', later(90));
    await decide(owner, waiting.id, 'approve', later(100));
    await tell(later(200));
    expect(await subjects(ida.email)).toHaveLength(1);
  });

  test('and taken back before the job runs is not told', async () => {
    const { there, owner, ida } = await scene();
    const waiting = await comment(GUEST, there.slug);
    const { event } = await decide(owner, waiting.id, 'approve');
    valueOf(await undoDecision(owner, event, later(5)));
    await tell();
    expect(await subjects(ida.email)).toEqual([]);
    expect((await db().comment.findUniqueOrThrow({ where: { publicId: waiting.id } })).announcedAt).toBeNull();
  });

  test('is not told while what it answers is not published', async () => {
    const { there, owner, ida, udo, udos } = await scene();
    await comment(owner, there.slug, { parent: udos.id });
    await decide(owner, udos.id, 'unapprove');
    await tell();
    expect([await subjects(ida.email), await subjects(udo.email)]).toEqual([[], []]);
    await decide(owner, udos.id, 'approve', later(100));
    await tell(later(200));
    expect([await subjects(ida.email), await subjects(udo.email)]).toEqual([['Re: Patience'], ['Re: Patience']]);
  });

  test('that is old, or was imported, is no news when it comes back', async () => {
    const { there, owner, ida, idas } = await scene();
    const old = await comment(GUEST, there.slug);
    await decide(owner, old.id, 'approve');
    await tell(later(8 * DAY));
    await db().comment.update({ where: { publicId: idas.id }, data: { announcedAt: null, rule: null } });
    await sendCommentNotices({ comment: await keyOf(idas.id), origin }, now);
    expect(await subjects(ida.email)).toEqual([]);
  });

  test('on a post that readers do not find any more is not told', async () => {
    const { there, owner, ida } = await scene();
    await comment(owner, there.slug);
    await db().post.update({ where: { id: there.id }, data: { status: 'private' } });
    await tell();
    expect(await subjects(ida.email)).toEqual([]);
  });

  test('that is rolled back causes no job', async () => {
    const { there, owner } = await scene();
    const before = (await jobsOf('comment-notices')).length;
    await comment(owner, there.slug, { text: 'Twice.' });
    await expect(comment(owner, there.slug, { text: 'Twice.', at: later(60) })).rejects.toThrow();
    expect((await jobsOf('comment-notices')).length).toBe(before + 1);
  });

  test('has a mail that says which list it is of, how it is left, and to which mails it belongs', async () => {
    const { there, owner, udo, udos } = await scene();
    const answer = await comment(owner, there.slug, { parent: udos.id });
    await tell();
    const [mail] = await mailsTo(udo.email);
    const { id } = await subscriber(udo.email);
    const above = mailId(`comment ${await keyOf(udos.id)} ${id}`);
    expect(mail).toMatchObject({
      id: mailId(`comment ${await keyOf(answer.id)} ${id}`), subject: 'Re: Patience', subscriberId: id,
      headers: { list: { id: 'comments', leave: `${origin}/api/subscriptions/${await tokenOf(udo.email)}/${there.id}` }, inReplyTo: above, references: [mailId(`post ${there.id} ${id}`), above] },
    });
  });

  test('is told to more than one batch of readers, each once', async () => {
    const { there, owner } = await scene();
    const many = Array.from({ length: 230 }, (_, index) => index);
    await database.sql.query(`INSERT INTO "Subscriber" (id, email, "emailMark", "confirmedAt") SELECT gen_random_uuid(), 'r' || n || '@example.com', lpad(n::text, 64, '0'), now() FROM generate_series(1, $1::int) n`, [many.length]);
    await database.sql.query(`INSERT INTO "ThreadSubscription" ("subscriberId", "postId") SELECT id, $1 FROM "Subscriber" WHERE email LIKE 'r%@example.com' ON CONFLICT DO NOTHING`, [there.id]);
    await comment(owner, there.slug);
    for (let done = 0; ; done += 1) {
      const jobs = await jobsOf('comment-notices');
      if (done === jobs.length) break;
      const { comment: id, after } = jobs[done]!;
      await sendCommentNotices({ comment: id ?? '', origin, after }, now);
    }
    const told = await db().mail.groupBy({ by: ['to'], where: { to: { startsWith: 'r' } }, _count: true });
    expect([told.length, told.every(({ _count }) => _count === 1)]).toEqual([many.length, true]);
  });

  test('that is hidden in the middle of many is told to the rest when it comes back, and to nobody twice', async () => {
    const { there, owner } = await scene();
    await database.sql.query(`INSERT INTO "Subscriber" (id, email, "emailMark", "confirmedAt") SELECT gen_random_uuid(), 'r' || n || '@example.com', lpad(n::text, 64, '0'), now() FROM generate_series(1, 130) n`);
    await database.sql.query(`INSERT INTO "ThreadSubscription" ("subscriberId", "postId") SELECT id, $1 FROM "Subscriber" WHERE email LIKE 'r%@example.com'`, [there.id]);
    const said = await comment(owner, there.slug);
    const id = await keyOf(said.id);
    await sendCommentNotices({ comment: id, origin }, later(1));
    await db().mail.updateMany({ data: { sentAt: later(2) } });
    await decide(owner, said.id, 'unapprove', later(3));
    const after = (await jobsOf('comment-notices')).find((job) => job.after !== undefined)?.after;
    await sendCommentNotices({ comment: id, origin, after }, later(4));
    await decide(owner, said.id, 'approve', later(5));
    await sendCommentNotices({ comment: id, origin }, later(20));
    await sendCommentNotices({ comment: id, origin, after }, later(21));
    const told = await db().mail.groupBy({ by: ['to'], where: { to: { startsWith: 'r' } }, _count: true });
    expect([told.length, told.every(({ _count }) => _count === 1)]).toEqual([130, true]);
  });

  test('is not told to who is paused, or has left', async () => {
    const { there, owner, ida, udo } = await scene();
    await db().subscriber.update({ where: { email: ida.email }, data: { pausedAt: now, pauseReason: 'bounced' } });
    valueOf(await leaveSubscriptions(await tokenOf(udo.email), 'all', now));
    await comment(owner, there.slug);
    await tell();
    expect([await subjects(ida.email), await subjects(udo.email)]).toEqual([[], []]);
  });
});

describe('a post that comes out', () => {
  const telling = async (id: string, at = later(60)) => { for (const time of [0, 1]) await sendPostNotices({ post: id, origin }, new Date(at.getTime() + time)); };
  const follower = async (email = 'ines@example.com') => {
    valueOf(await follow(email));
    valueOf(await confirmSubscriptions(await tokenOf(email), now));
  };

  test('is told once to who follows, with its beginning and the way out', async () => {
    await follower();
    const there = await post('Bread');
    await telling(there.id);
    const [, mail] = await mailsTo('ines@example.com');
    expect(mail).toMatchObject({ subject: 'Bread', headers: { list: { id: 'posts' } } });
    expect(mail?.text).toContain('A post about something.');
    expect(mail?.text).toContain(`${origin}/subscriptions/${await tokenOf('ines@example.com')}/unsubscribe?what=posts`);
    expect(await mailsTo('ines@example.com')).toHaveLength(2);
  });

  test('is told whole where the owner wants that, with whole addresses', async () => {
    await follower();
    await db().site.create({ data: { id: 1, title: 'Our blog', mailsWholePosts: true } });
    const there = await post('Bread');
    await db().post.update({ where: { id: there.id }, data: { html: '<p>All of it, <a href="/about">here</a>.</p><p><img src="/media/a.jpg" alt="A loaf"></p>' } });
    await telling(there.id);
    const [, mail] = await mailsTo('ines@example.com');
    expect(mail?.html).toContain(`<a href="${origin}/about">here</a>`);
    expect(mail?.html).toContain(`src="${origin}/media/a.jpg" alt="A loaf"`);
    expect(mail?.text).toContain('All of it, here.');
  });

  test.each(['draft', 'private', 'unlisted', 'password', 'trash'] as const)('and is %s by then is not told', async (status) => {
    await follower();
    const there = await post('Bread');
    await db().post.update({ where: { id: there.id }, data: { status } });
    await telling(there.id);
    expect(await mailsTo('ines@example.com')).toHaveLength(1);
  });

  test('with an old date is not told', async () => {
    await follower();
    const there = await post('Bread');
    await db().post.update({ where: { id: there.id }, data: { publishedAt: new Date('2016-05-13T08:00:00Z') } });
    await telling(there.id);
    expect(await mailsTo('ines@example.com')).toHaveLength(1);
  });

  test('says in the first mail after an import where the address comes from, and not again', async () => {
    await follower();
    await db().subscriber.update({ where: { email: 'ines@example.com' }, data: { importedFrom: 'Substack' } });
    await telling((await post('Bread')).id);
    await telling((await post('Butter')).id, later(120));
    const [, first, second] = await texts('ines@example.com');
    expect(first).toContain('You used to get these posts from Substack.');
    expect(second).not.toContain('Substack');
  });
});

describe('a digest', () => {
  const morning = new Date('2026-11-26T08:00:00Z'); // a Thursday, in UTC

  test('tells once a day of what came since, in one mail, and nothing where nothing came', async () => {
    const { there, owner, ida } = await scene();
    await db().threadSubscription.updateMany({ data: { frequency: 'daily', scope: 'all', toldAt: now } });
    await db().subscriber.updateMany({ where: { email: ida.email }, data: { posts: 'daily', postsToldAt: now } });
    await sendDigests(morning);
    expect(await subjects(ida.email)).toEqual([]);
    await db().threadSubscription.updateMany({ data: { toldAt: now } });
    await db().subscriber.updateMany({ where: { email: ida.email }, data: { postsToldAt: now } });
    await comment(owner, there.slug, { text: 'One.' });
    await comment(owner, there.slug, { text: 'Two.', at: later(30) });
    await comment(ida, there.slug, { text: 'My own.', at: later(60) });
    const bread = await post('Bread');
    await sendPostNotices({ post: bread.id, origin }, later(60));
    await tell();
    expect(await subjects(ida.email)).toEqual([]);
    await sendDigests(morning);
    await sendDigests(new Date(morning.getTime() + 3_600_000));
    const [digest, ...more] = await texts(ida.email);
    expect(more).toEqual([]);
    for (const said of ['> One.', '> Two.', 'Bread', 'on “Patience”']) expect(digest).toContain(said);
    expect(digest).not.toContain('My own.');
  });

  test('is not written before seven in the morning of the blog’s clock, nor before a Monday for a week', async () => {
    const { there, owner, ida } = await scene();
    await db().threadSubscription.updateMany({ where: { subscriber: { email: ida.email } }, data: { frequency: 'weekly', toldAt: now } });
    await comment(owner, there.slug);
    await tell();
    await sendDigests(new Date('2026-11-29T23:00:00Z'));
    expect(await subjects(ida.email)).toEqual([]);
    await sendDigests(new Date('2026-11-30T07:01:00Z'));
    expect(await subjects(ida.email)).toEqual([]);
    await sendDigests(new Date('2026-11-30T07:02:00Z'));
    expect(await subjects(ida.email)).toEqual(['This week on Soapbox']);
  });
});

describe('the writer of a comment that a person has let', () => {
  const decisionMails = async (at = later(200)) => { for (const { event } of (await database.sql.query<{ event: string }>(`SELECT data ->> 'event' AS event FROM pgboss.job WHERE name = 'decision-mail'`)).rows) await sendDecisionMails({ event, origin }, at); };
  const published = 'Your comment on “Patience”';

  test('is told once, in two minutes, where their address is proven: a person’s own, or one that was confirmed', async () => {
    const there = await post();
    const [owner, ida] = [await person('owner'), await person()];
    const [hers, guests] = [await comment(ida, there.slug), await comment(GUEST, there.slug, { wishes: ALL })];
    valueOf(await confirmSubscriptions(await tokenOf('ines@example.com'), now));
    for (const { id } of [hers, guests]) await decide(owner, id, 'approve');
    await decisionMails();
    await decisionMails();
    expect(await subjects(ida.email)).toEqual([published]);
    expect((await subjects('ines@example.com')).filter((subject) => subject === published)).toHaveLength(1);
    await decide(owner, hers.id, 'unapprove', later(300));
    await decide(owner, hers.id, 'approve', later(400));
    await decisionMails(later(600));
    expect(await subjects(ida.email)).toEqual([published]);
  });

  test('is told nothing where it was taken back in time, or the address is not proven', async () => {
    const there = await post();
    const [owner, ida] = [await person('owner'), await person()];
    const [hers, guests] = [await comment(ida, there.slug), await comment(GUEST, there.slug, { wishes: ALL })];
    const { event } = await decide(owner, hers.id, 'approve');
    await decide(owner, guests.id, 'approve');
    valueOf(await undoDecision(owner, event, later(60)));
    await decisionMails();
    expect([await subjects(ida.email), (await subjects('ines@example.com')).filter((subject) => subject === published)]).toEqual([[], []]);
  });
});
