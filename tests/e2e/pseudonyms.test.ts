import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { articleWith, field, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();
const TEXT = 'I was afraid of the dark until I was thirty.';

/** A reader writes this under a name on the newest open post only, by the box and without script. */
async function writeAs(name: string) {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  const userId = await blog.signIn(page, 'reader');
  await page.goto(`${post.path}/reply`);
  await page.getByRole('checkbox', { name: 'Use a name on this post only' }).check();
  await field(page, 'Name on this post').fill(name);
  await field(page, 'Comment (required)').fill(TEXT);
  await page.getByRole('button', { name: 'Post Comment' }).click();
  return { post, page, userId };
}

test('a reader writes under a name on this post only: it waits under it, and the box keeps it', async () => {
  const { page, post } = await writeAs('Night Owl');
  await expect(articleWith(page, TEXT)).toContainText('Night Owl');
  for (const width of [390, 1280]) {
    const again = await blog.newPage({ width });
    await blog.signIn(again, 'reader');
    await again.goto(`${post.path}/reply`);
    await expect(articleWith(again, TEXT)).toContainText('Night Owl');
    await expect(again.getByText('On this post you write as Night Owl.')).toBeVisible();
    await expect(again.getByRole('checkbox', { name: 'Use a name on this post only' })).toHaveCount(0);
    await blog.expectAccessible(again);
  }
});

test('a name of somebody who runs the blog is refused beside its field, and nothing typed is lost', async () => {
  await blog.openSession('moderator');
  const { page } = await writeAs('the  MODERATOR');
  await expect(page.getByRole('alert')).toContainText('Somebody here goes by this name');
  await expect(field(page, 'Name on this post')).toHaveValue('the  MODERATOR');
  await expect(field(page, 'Comment (required)')).toHaveValue(TEXT);
});

test('a moderator sees the name and that it is one, the owner who it is', async () => {
  const { userId } = await writeAs('Night Owl');
  for (const role of ['moderator', 'owner'] as const) {
    const page = await blog.newPage();
    await blog.signIn(page, role);
    await page.goto('/admin/comments');
    await expect(articleWith(page, TEXT)).toContainText('a name on this post only');
    await blog.expectAccessible(page);
    const sent = await (await page.request.get('/admin/comments')).text();
    expectValue(sent).toContain('Night Owl');
    expectValue(/The reader|reader@example\.com/.test(sent)).toBe(role === 'owner');
    expectValue(sent).not.toContain(userId);
  }
});

test('a published comment shows the name alone', async () => {
  const { post } = await writeAs('Night Owl');
  const page = await blog.newPage();
  await blog.signIn(page, 'moderator');
  await page.goto('/admin/comments');
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await articleWith(page, TEXT).getByRole('button', { name: 'Approve', exact: true }).click();
  await answered;
  const sent = await (await blog.request(post.path)).text();
  expectValue(sent).toContain('Night Owl');
  expectValue(sent).not.toContain('The reader');
});

test('whoever writes under a name on a post does not answer there from the desk, and nothing is decided', async () => {
  const post = await findOpenPost(blog);
  const guest = await blog.newPage({ javaScript: false });
  await guest.goto(post.path);
  await postComment(guest, { comment: TEXT });
  const page = await blog.newPage();
  const userId = await blog.signIn(page, 'moderator');
  await blog.sql.query(`INSERT INTO "Pseudonym" (id, "postId", "userId", name) SELECT gen_random_uuid(), id, $1, 'Night Owl' FROM "Post" WHERE slug = $2`, [userId, post.slug]);
  await page.goto('/admin/comments');
  await articleWith(page, TEXT).getByRole('button', { name: 'Reply', exact: true }).click();
  await page.getByRole('textbox', { name: 'Reply to Grete Waits' }).fill('Thank you.');
  await page.getByRole('button', { name: 'Approve and reply' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'you write under a name of its own' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Reply to Grete Waits' })).toHaveValue('Thank you.');
  const { rows } = await blog.sql.query(`SELECT name, status FROM "Comment" WHERE source IN ($1, 'Thank you.')`, [TEXT]);
  expectValue(rows).toEqual([{ name: 'Grete Waits', status: 'pending' }]);
});
