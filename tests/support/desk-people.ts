import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import type { Standing } from '../../lib/identity/schema';
import { sessionHash } from '../../lib/identity/tokens';
import type { BlogUnderTest, Role } from './blog';

export type DeskPerson = { userId: string; cookie: string };

/** Somebody of their own with this role and standing, signed in by the cookie. */
export async function addSignedIn(blog: BlogUnderTest, name: string, role: Role, standing: Standing = 'normal'): Promise<DeskPerson> {
  const userId = v7();
  const token = randomBytes(32).toString('base64url');
  const slug = name.toLowerCase().replace(/\W+/g, '-');
  await blog.sql.query(
    `INSERT INTO "User" (id, name, slug, email, role, standing, "standingUntil", "emailVerified", "updatedAt") VALUES ($1, $2, $3, $4, $5::"Role", $6::"Standing", $7, now(), now())`,
    [userId, name, slug, `${slug}@example.net`, role, standing, standing === 'suspended' ? new Date('2099-01-01') : null],
  );
  await blog.sql.query(`INSERT INTO "Session" (id, "sessionToken", "userId", expires) VALUES ($1, $2, $3, now() + interval '1 day')`, [v7(), sessionHash(token), userId]);
  return { userId, cookie: `authjs.session-token=${token}` };
}

/** Signs a page's browser in as this person. */
export async function enter(blog: BlogUnderTest, page: Page, { cookie }: DeskPerson): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: blog.url, httpOnly: true, sameSite: 'Lax' }, { name: 'here', value: '1', url: blog.url, sameSite: 'Lax' }]);
}

/** A post or page of this author in the database, behind the blog's back. */
export async function addPost(blog: BlogUnderTest, authorId: string, given: { title: string; slug: string; status?: string; html?: string; password?: string; publishedAt?: Date | null; previewToken?: string }): Promise<string> {
  const id = v7();
  const { title, slug, status = 'published', html = '<p>Words of it.</p>', password = null, publishedAt = new Date(Date.now() - 60_000), previewToken = null } = given;
  await blog.change(
    `INSERT INTO "Post" (id, title, slug, source, html, excerpt, status, "authorId", "publishedAt", password, "previewToken") VALUES ($1, $2, $3, $4, $4, '', $5::"PostStatus", $6, $7, $8, $9)`,
    [id, title, slug, html, status, authorId, status === 'draft' ? null : publishedAt, password, previewToken],
  );
  return id;
}
