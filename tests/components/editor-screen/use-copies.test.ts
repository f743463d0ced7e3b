import { expect, test } from 'vitest';
import { hasNothingNew } from '@/components/editor-screen/use-copies';
import type { PostFields } from '@/lib/posts/post-form';

const saved: PostFields = { title: 'Rain', html: '<p>It rained <strong>all</strong> day.</p>\n<p>Then not.</p>', excerpt: '', slug: 'rain', cover: null, categories: ['Weather'], tags: ['b', 'a'], sticky: false };

test('a copy that shows what the blog has says nothing new, however its HTML is written', () => {
  const copy = { ...saved, html: '<p>It  rained <strong>all</strong> day.</p><p>Then not.</p>', slug: '', tags: ['A', 'b'], title: 'Rain ' };
  expect(hasNothingNew(copy, saved)).toBe(true);
});

test.each<[string, Partial<PostFields>]>([
  ['a word', { html: '<p>It rained <strong>all</strong> night.</p><p>Then not.</p>' }],
  ['what is bold', { html: '<p>It rained all day.</p><p>Then not.</p>' }],
  ['a paragraph', { html: '<p>It rained <strong>all</strong> day. Then not.</p>' }],
  ['the title', { title: 'Snow' }], ['the address', { slug: 'snow' }], ['a tag', { tags: ['a'] }], ['the excerpt', { excerpt: 'Wet' }], ['its place', { sticky: true }],
  ['the cover', { cover: { assetId: '01a21924-aea5-749f-9938-9100fb69436a', alt: '', focusX: 50, focusY: 50 } }],
])('a copy that differs in %s is offered', (_, other) => {
  expect(hasNothingNew({ ...saved, ...other }, saved)).toBe(false);
});
