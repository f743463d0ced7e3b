import robotsParser from 'robots-parser';
import { expect, test } from 'vitest';
import { robots } from '@/lib/site/robots';

const ORIGIN = 'https://blog.example';
const read = robotsParser(`${ORIGIN}/robots.txt`, robots(ORIGIN));

test.each(['/', '/posts/cups', '/posts/cups/comments/2', '/about', '/tags/night', '/feed.xml', '/sitemap.xml', '/media/x.png', '/accounting', '/searching-for-sleep'])('machines may read %s', (path) => {
  expect(read.isAllowed(ORIGIN + path, 'Googlebot')).toBe(true);
});

test.each(['/admin', '/admin/comments', '/account', '/sign-in', '/search?q=x', '/posts/cups/reply', '/posts/cups/reply/abc', '/comments/abc/report', '/preview/x', '/api/auth/session'])('they leave %s alone', (path) => {
  expect(read.isAllowed(ORIGIN + path, 'Googlebot')).toBe(false);
});

test('it says where the sitemap is', () => {
  expect(read.getSitemaps()).toEqual([`${ORIGIN}/sitemap.xml`]);
});
