import { expect, test } from 'vitest';
import { hasMembersPart } from '@/lib/transfer/readers/members-only';
import { t } from '@/lib/words/t';
import { readWordPress } from '@/lib/transfer/readers/wxr-form';
import { notesOf, recordsOf, valuesOf } from '@/tests/support/exports/read-all';
import { exportOf, writeExport, type ItemSpec } from '@/tests/support/wxr/write-export';

const read = (...items: ItemSpec[]) => recordsOf(readWordPress, writeExport(exportOf(items)));
const meta = (key: string, value: string) => `<wp:postmeta><wp:meta_key><![CDATA[${key}]]></wp:meta_key><wp:meta_value><![CDATA[${value}]]></wp:meta_value></wp:postmeta>`;

test.each([
  ['_jetpack_newsletter_access', 'subscribers', 'private'], ['_jetpack_newsletter_access', 'paid_subscribers', 'private'], ['_jetpack_newsletter_access', 'paid_subscribers_all_tiers', 'private'],
  ['_jetpack_newsletter_access', 'somebody-new', 'private'], ['_jetpack_newsletter_access', 'everybody', 'published'], ['_jetpack_newsletter_access', '', 'published'],
  ['_jetpack_memberships_contains_paywalled_content', '1', 'private'], ['_jetpack_memberships_contains_paywalled_content', '', 'published'],
  ['patreon-level', '5', 'private'], ['patreon-level', '0', 'published'], ['_members_access_role', 'subscriber', 'private'], ['_unheard_of', 'subscribers', 'published'],
])('a public post with %s “%s” comes in as %s', async (key, value, status) => {
  const records = await read({ id: 1, more: meta(key, value) });
  expect(valuesOf(records, 'post')[0]?.status).toBe(status);
  expect(notesOf(records)).toHaveLength(status === 'private' ? 1 : 0);
});

test.each([['publish', 'post', 'private'], ['future', 'post', 'private'], ['publish', 'page', 'private'], ['draft', 'post', 'draft'], ['trash', 'post', 'trash'], ['private', 'post', 'private']])('for subscribers, what was %s (a %s) is %s', async (status, type, here) => {
  const records = await read({ id: 1, status, type, title: 'For you', more: meta('_jetpack_newsletter_access', 'subscribers') });
  expect(valuesOf(records, 'post')[0]?.status).toBe(here);
  expect(notesOf(records)).toEqual(status === 'publish' || status === 'future' ? [`${t('transfer.closed.subscribersOnly')}: ${type} 1 “For you”`] : []);
});

test.each([
  '<p>Free</p><!-- wp:premium-content/container {"selectedPlanIds":[7]} --><!-- wp:premium-content/subscriber-view --><p>Paid</p><!-- /wp:premium-content/subscriber-view --><!-- /wp:premium-content/container -->',
  '<p>Free</p><!-- wp:jetpack/paywall /--><p>Paid</p>', '<p>Free</p><!--\n  wp:jetpack/paywall\n/--><p>Paid</p>', 'Free [restrict paid="true"]Paid[/restrict]', 'Free [membership level="1"]Paid[/membership]',
])('a post with a part for subscribers comes in as private, whole: %s', async (text) => {
  const records = await read({ id: 1, text });
  expect(valuesOf(records, 'post')[0]).toMatchObject({ status: 'private', content: text });
  expect(notesOf(records)).toEqual([`${t('transfer.closed.inPart')}: post 1 “Post 1”`]);
});

test.each(['<p>About wp:jetpack/paywall and [restrict].</p>', '<!-- wp:jetpack/paywall-teaser /-->', '<!-- wp:paragraph --><p>Free</p><!-- /wp:paragraph -->', 'Our [memberships] are free'])('a post without such a part stays public: %s', async (text) => {
  const records = await read({ id: 1, text });
  expect(valuesOf(records, 'post')[0]?.status).toBe('published');
  expect(notesOf(records)).toEqual([]);
});

test('a reusable block with a part for subscribers stays away from the public posts that name it', async () => {
  const records = await read({ id: 8, type: 'wp_block', title: 'Offer', text: '<!-- wp:premium-content/container --><p>Paid</p><!-- /wp:premium-content/container -->' }, { id: 9, type: 'wp_block', text: 'Free' });
  expect(valuesOf(records, 'block')).toEqual([{ number: '9', content: 'Free' }]);
  expect(notesOf(records)).toEqual([expect.stringMatching(/^Reusable blocks .*: block 8 “Offer”$/)]);
});

test('a long text of beginnings is looked through in a moment', () => {
  const began = performance.now();
  for (const part of ['<!-- ', '<!--', ' ', '<!-- wp:', '<!-- wp:premium-content/', '[/', '[/restrict']) expect(hasMembersPart(part.repeat(Math.ceil(2_000_000 / part.length)))).toBe(false);
  expect(performance.now() - began).toBeLessThan(2_000);
});
