import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { postTag, SLOTS, slotOf, type Tag } from '../../../lib/cache-tags';
import { announce, changing, onOwnChange, processId } from '../../../lib/db/change';
import { Changes } from '../../../server/changes';
import { Notices } from '../../../server/notices';
import { useDatabase } from '../../support/database';

const database = useDatabase();
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  onOwnChange(() => undefined);
  for (const one of opened.splice(0)) await one.close();
});

const heard = (tags: Tag[]): number[] => [...new Set(tags.map(slotOf))];
const tell = (tags: Tag[]) => announce((sql, values) => database.sql.query(sql, values), tags);

async function listen(): Promise<{ changes: Changes; notices: Notices; tags: Tag[][] }> {
  const changes = new Changes();
  const tags: Tag[][] = [];
  const notices = new Notices(database.url, changes, { onTags: (one) => tags.push(one) });
  opened.push(notices);
  await notices.open();
  return { changes, notices, tags };
}

/** What another process would say. */
async function tellAsAnother(tags: Tag[]): Promise<void> {
  await database.sql.query('SELECT pg_notify($1, $2)', ['soapbox', JSON.stringify({ by: 'another', tags })]);
}

const listeners = async () => (await database.sql.query<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query NOT LIKE '%pg_stat_activity%' AND pid <> pg_backend_pid() AND query ~ '^(LISTEN|SELECT 1|SELECT sum)'`)).rows;
const refreshed = (notices: Notices) => new Promise<void>((resolve) => notices.refresh(resolve));

test('what any process changes is noted, its own too: where the answer to a COMMIT was lost, it noted that too early', async () => {
  const { changes, tags } = await listen();
  const before = changes.now;
  await tell([postTag('mine')]);
  await tellAsAnother([postTag('theirs')]);
  await vi.waitFor(() => expect(tags).toEqual([[postTag('mine')], [postTag('theirs')]]));
  expect(changes.areUnchanged(heard([postTag('theirs')]), before)).toBe(false);
  expect(changes.areUnchanged(heard([postTag('mine')]), before)).toBe(false);
});

test('what cannot be read says that anything may have changed', async () => {
  const { changes } = await listen();
  const before = changes.now;
  await database.sql.query(`SELECT pg_notify('soapbox', 'nonsense')`);
  await vi.waitFor(() => expect(changes.areUnchanged([1], before)).toBe(false));
});

test('a connection that is cut is noticed, comes back by itself, and nothing from before stands', async () => {
  const { changes, notices } = await listen();
  const before = changes.now;
  const [listener] = await listeners();
  await database.sql.query('SELECT pg_terminate_backend($1)', [listener!.pid]);
  await vi.waitFor(() => expect(changes.areUnchanged([1], before)).toBe(false), { timeout: 10_000 });
  await vi.waitFor(() => expect(notices.isListening).toBe(true));
  const after = changes.now;
  await tellAsAnother(['posts']);
  await vi.waitFor(() => expect(changes.areUnchanged(heard(['posts']), after)).toBe(false));
});

test('while the database is not there nothing is heard, and it says so; when it is, it hears', async () => {
  const address = new URL(database.url);
  const name = `late_${address.pathname.slice(1)}`;
  const changes = new Changes();
  const notices = new Notices(Object.assign(new URL(address), { pathname: `/${name}` }).href, changes);
  opened.push(notices);
  await notices.open();
  expect(notices.isListening).toBe(false);
  await refreshed(notices);
  await database.sql.query(`CREATE DATABASE ${name}`);
  await vi.waitFor(() => expect(notices.isListening).toBe(true), { timeout: 10_000 });
  await notices.close();
  await database.sql.query(`DROP DATABASE ${name} WITH (FORCE)`);
});

test('a refresh notes every change committed before it, and one read serves all who wait', async () => {
  const { changes, notices } = await listen();
  await refreshed(notices);
  const reads = vi.spyOn(pg.Client.prototype, 'query');
  try {
    const before = changes.now;
    await Promise.all(Array.from({ length: 100 }, () => refreshed(notices)));
    expect(reads.mock.calls.filter(([query]) => JSON.stringify(query).includes('sum(version)')).length).toBeLessThanOrEqual(2);
    expect(changes.now).toBe(before);
  } finally {
    reads.mockRestore();
  }
  for (let round = 0; round < 50; round++) {
    const tag = postTag(String(round));
    const before = changes.now;
    await tell([tag]);
    await refreshed(notices);
    expect(changes.areUnchanged(heard([tag]), before)).toBe(false);
    expect(changes.areUnchanged(Array.from({ length: SLOTS }, (_, slot) => slot).filter((slot) => slot !== slotOf(tag)), before)).toBe(true);
  }
});

test('a refresh that waits while the connection is cut is answered', async () => {
  const { notices } = await listen();
  const waiting = Array.from({ length: 20 }, () => refreshed(notices));
  for (const { pid } of await listeners()) await database.sql.query('SELECT pg_terminate_backend($1)', [pid]);
  await Promise.all([...waiting, refreshed(notices)]);
});

test('a change is told when it commits, and forgotten here before it is answered', async () => {
  const { tags } = await listen();
  const forgotten: Tag[][] = [];
  onOwnChange((one) => forgotten.push(one));
  const value = await changing(async (_tx, changed) => {
    changed(postTag('1'));
    changed('posts');
    changed('posts');
    expect(forgotten).toEqual([]);
    return 'done';
  });
  expect([value, forgotten]).toEqual(['done', [[postTag('1'), 'posts']]]);
  await vi.waitFor(() => expect(tags).toEqual([[postTag('1'), 'posts']]));
});

test('what is taken back is not told; here it is forgotten all the same, for a lost COMMIT may have happened', async () => {
  const { tags } = await listen();
  const forgotten: Tag[][] = [];
  onOwnChange((one) => forgotten.push(one));
  await expect(changing(async (_tx, changed) => {
    changed('posts');
    throw new Error('no');
  })).rejects.toThrow('no');
  await tellAsAnother(['site']);
  await vi.waitFor(() => expect(tags).toEqual([['site']]));
  expect(forgotten).toEqual([['posts']]);
  expect((await database.sql.query('SELECT 1 FROM "PageVersion"')).rowCount).toBe(0);
});

test('an act that changes nothing for readers tells nothing', async () => {
  const forget = vi.fn();
  onOwnChange(forget);
  await changing(async () => 'nothing');
  expect(forget).not.toHaveBeenCalled();
  expect((await database.sql.query('SELECT 1 FROM "PageVersion"')).rowCount).toBe(0);
});

test('more tags than a notice holds are told as all of them', async () => {
  const { tags } = await listen();
  await tell(Array.from({ length: 5_000 }, (_, index) => postTag(`0197${index}-0000-7000-8000-000000000000`)));
  await vi.waitFor(() => expect(tags).toEqual([['site', 'posts']]));
  expect((await database.sql.query('SELECT 1 FROM "PageVersion"')).rowCount).toBe(SLOTS);
});

test('changes at once of the same and of other tags all count, and none waits for another for good', async () => {
  const all = Array.from({ length: 60 }, (_, index) => [postTag(String(index % 7)), 'posts' as const, postTag(String(index % 5))]);
  await Promise.all(all.map((tags) => changing(async (_tx, changed) => tags.forEach(changed))));
  const { rows } = await database.sql.query<{ version: string }>('SELECT version FROM "PageVersion" WHERE slot = $1', [slotOf('posts')]);
  expect(rows[0]?.version).toBe('60');
});

test('every process has a name of its own, which stays', () => expect(processId()).toBe(processId()));
