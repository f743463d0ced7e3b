import { expect, test } from 'vitest';
import { findSampleMail } from '@/lib/subscriptions/samples';
import { SAMPLE_KINDS } from '@/lib/subscriptions/sample-kinds';
import { useDatabase } from '@/tests/support/database';
import { GUEST, now, person, post } from './scene';

useDatabase();

test.each(SAMPLE_KINDS)('the owner sees “%s” as a page and as text, with the newest post or without any', async (kind) => {
  const owner = await person('owner');
  for (const make of [false, true]) {
    if (make) await post('Bread');
    const mail = await findSampleMail(owner, kind, now);
    expect(mail?.subject).not.toBe('');
    expect(mail?.html).toMatch(/^<!DOCTYPE html/i);
    expect(mail?.html).toContain('prefers-color-scheme: dark');
    expect(mail?.text.length).toBeGreaterThan(40);
    expect(mail?.html).not.toMatch(/<script|<link|url\(|@import/i);
  }
});

test('nobody else does, and there is no other', async () => {
  for (const actor of [GUEST, await person('reader'), await person('author'), await person('moderator')]) expect(await findSampleMail(actor, 'comment', now)).toBeNull();
  const owner = await person('owner');
  for (const kind of ['', 'none', 'toString', '__proto__']) expect(await findSampleMail(owner, kind, now)).toBeNull();
});
