import { describe, expect, test } from 'vitest';
import { isSubscriberList, readSubscriberList, type SubscriberList } from '../../../lib/subscriptions/lists';

function read(text: string): SubscriberList {
  const list = readSubscriberList(text);
  if (!list.ok) throw new Error(list.message);
  return list.value;
}

const GHOST = `id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers
1,Ines@Example.com,Ines,,true,,,2024-01-01T00:00:00.000Z,,"a, b",
2,jonas@example.com,"Jonas, the younger",,false,,,2024-01-01T00:00:00.000Z,,,
3,ada@example.com,Ada,,,,,2024-01-01T00:00:00.000Z,,,
4,gone@example.com,Gone,,true,,,2024-01-01T00:00:00.000Z,2025-01-01T00:00:00.000Z,,
`;
const SUBSTACK = `email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at
ines@example.com,false,,other,false,2024-01-01T00:00:00.000Z,
jonas@example.com,true,2027-01-01,yearly,true,2024-01-01T00:00:00.000Z,2024-02-01
`;
const WORDPRESS = `\uFEFF"Email Address","Status","Date Subscribed"\r\n"ines@example.com","Subscribed","2019-05-13"\r\n"jonas@example.com","Not confirmed","2019-05-13"\r\n"ada@example.com","Not sending","2019-05-13"\r\n`;

describe('a list of subscribers', () => {
  test.each([
    ['Ghost', GHOST, ['ines@example.com', 'ada@example.com'], ['jonas@example.com', 'gone@example.com']],
    ['Substack', SUBSTACK, ['ines@example.com'], ['jonas@example.com']],
    ['WordPress.com', WORDPRESS, ['ines@example.com'], ['jonas@example.com', 'ada@example.com']],
  ] as const)('of %s is known by its columns, with who is not written to any more', (source, text, on, off) => {
    expect(isSubscriberList(text)).toBe(true);
    const list = read(text);
    expect(list.source).toBe(source);
    expect(list.people.filter(({ isOff }) => !isOff).map(({ email }) => email)).toEqual(on);
    expect(list.people.filter(({ isOff }) => isOff).map(({ email }) => email)).toEqual(off);
  });

  test.each([['email\nines@example.com\n', 1], ['Email;Name\nines@example.com;Ines\n', 1], ['E-Mail\tName\r\nines@example.com\tInes\r\n', 1], ['email\n', 0]])('of any table program is read: %j', (text, count) => {
    expect(isSubscriberList(text)).toBe(true);
    expect(read(text)).toMatchObject({ source: null, people: Array.from({ length: count }, () => ({ email: 'ines@example.com', isOff: false })) });
  });

  test('what is no address is told with its line', () => {
    expect(read('email\nnobody\n\nines@example.com\n').people).toMatchObject([{ line: 2, email: null, typed: 'nobody' }, { line: 4, email: 'ines@example.com' }]);
  });

  test.each([['<?xml version="1.0"?><rss>'], ['{"db":[]}'], ['name,age\nInes,4\n'], [''], ['Some words about an email, and more.\n'], ['PK\u0003\u0004email,']])('is not what begins otherwise: %j', (head) => {
    expect(isSubscriberList(head)).toBe(false);
  });

  test('that cannot be read is refused', () => {
    expect(readSubscriberList('name,age\nInes,4\n')).toMatchObject({ ok: false, code: 'invalid' });
    expect(readSubscriberList('email\n"ines@example.com')).toMatchObject({ ok: false, code: 'invalid' });
  });
});
