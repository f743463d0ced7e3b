import { afterAll, beforeAll, expect, test } from 'vitest';
import { useBlog } from '../support/blog';
import { type Audited, type Auditor, type Category, openAuditor } from '../support/lighthouse';
import { findOpenPost } from '../support/stories';

// All pages, and speed, are audited by tests/audits.ts, which writes docs/audits.md.
const blog = useBlog();
let auditor: Auditor;
beforeAll(async () => { auditor = await openAuditor(); });
afterAll(() => auditor.end());

const READERS: Category[] = ['accessibility', 'best-practices', 'seo'];
const DESK: Category[] = ['accessibility', 'best-practices'];

const faults = ({ findings }: Audited) => findings.filter(({ weight }) => weight > 0);

test('the front page, a post and a list have every point of accessibility, best practices and SEO that Lighthouse gives', async () => {
  for (const path of ['/', (await findOpenPost(blog)).path, '/tags/sleep']) {
    const audited = await auditor.audit(blog.url + path, { device: 'mobile', categories: READERS });
    expect([path, faults(audited), audited.scores]).toEqual([path, [], { accessibility: 100, 'best-practices': 100, seo: 100 }]);
  }
});

test('the moderator’s queue has every point of accessibility and best practices', async () => {
  const { sessionToken } = await blog.openSession('moderator');
  const audited = await auditor.audit(`${blog.url}/admin/comments`, { device: 'desktop', categories: DESK, cookie: `authjs.session-token=${sessionToken}; here=1` });
  expect([faults(audited), audited.scores]).toEqual([[], { accessibility: 100, 'best-practices': 100 }]);
});
