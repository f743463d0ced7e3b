import { expect, test } from 'vitest';
import type { Actor, Role } from '@/lib/identity/schema';
import { setOtherSites, setReportsToHold } from '@/lib/site/commands';
import { findSite } from '@/lib/site/queries';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const actor = (role: Role | 'guest'): Actor =>
  role === 'guest'
    ? { kind: 'guest', writerHash: null }
    : { kind: 'person', userId: crypto.randomUUID(), name: 'P', isNamed: true, email: null, role, standing: 'normal', standingUntil: null, writerHash: null };

test.each([['0', 0], ['5', 5], [' 100 ', 100]])('an owner sets the number of reports to %j, with and without a row of settings', async (typed, number) => {
  for (const times of [1, 2]) expect([times, await setReportsToHold(actor('owner'), typed)]).toEqual([times, { ok: true, value: number }]);
  expect(await findSite()).toMatchObject({ reportsToHold: number, title: 'Soapbox' });
});

test.each(['', '-1', '101', '2.5', 'three', '1e2', null])('%j is no such number, and nothing changes', async (typed) => {
  expect(await setReportsToHold(actor('owner'), typed)).toMatchObject({ ok: false, code: 'invalid', fields: { reportsToHold: expect.any(String) } });
  expect(await findSite()).toMatchObject({ reportsToHold: 3 });
});

test.each([[true, false], [false, true]])('an owner sets whether other sites tell of pages (%j) and quote comments (%j), with and without a row of settings', async (acceptsMentions, quotesComments) => {
  for (const times of [1, 2]) expect([times, await setOtherSites(actor('owner'), { acceptsMentions, quotesComments })]).toMatchObject([times, { ok: true }]);
  expect(await findSite()).toMatchObject({ acceptsMentions, quotesComments });
});

test.each<Role | 'guest'>(['guest', 'reader', 'author', 'moderator'])('a %s sets nothing', async (role) => {
  expect(await setOtherSites(actor(role), { acceptsMentions: false, quotesComments: false })).toMatchObject({ ok: false, code: 'not-found' });
  expect(await setReportsToHold(actor(role), '5')).toMatchObject({ ok: false, code: 'not-found' });
  expect(await findSite()).toMatchObject({ reportsToHold: 3, acceptsMentions: true, quotesComments: true });
});
