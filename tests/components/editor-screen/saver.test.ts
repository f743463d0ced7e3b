import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Saver, type Answer } from '@/components/editor-screen/saver';
import { AUTOSAVE_LATEST_MS, AUTOSAVE_QUIET_MS, lineOf } from '@/components/editor-screen/saving';
import type { Text } from '@/components/editor-screen/stand';
import type { PostFields, Saved } from '@/lib/posts/post-form';
import { fail, ok } from '@/lib/result';

const ID = '01940000-0000-7000-8000-000000000001';
const FIELDS: PostFields = { title: '', html: '', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false };
const SAVED: Saved = { id: ID, seen: '', savedAt: '', state: 'draft', at: null, wallClock: '', slug: '', password: '', path: null, isAhead: false, others: [] };
const CONFLICT = fail('conflict', 'Anna has saved this, on 26 November 2026.', { fields: { seen: '7.0' } });

/** What the blog does with the next saves; after that it takes each. */
let answers: (Answer | Promise<Answer>)[] = [];
let sent: Text[] = [];
let kept: Map<string, Text>;
let canKeep = true;
let untold: Partial<PostFields> | null = null;

function open(saved: Saved = SAVED): Saver {
  let version = 0;
  const saver: Saver = new Saver('post', { fields: FIELDS, saved }, {
    send: async (text) => {
      sent.push(text);
      const next = await answers.shift();
      if (next !== undefined) return next;
      version += 1;
      return ok({ ...saved, seen: `${version}.0`, savedAt: '2026-11-26T10:00:00.000Z' });
    },
    keep: async (text) => {
      if (!canKeep) throw new DOMException('private', 'InvalidStateError');
      kept.set(text.id, text);
    },
    forget: async (id) => void kept.delete(id),
    collect: () => {
      const told = untold;
      untold = null;
      if (told) saver.type(told);
    },
  });
  return saver;
}

const line = (saver: Saver) => lineOf(saver.shown.saving);
const titles = () => sent.map(({ fields }) => fields.title);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const offline = (): Answer => null;

beforeEach(() => {
  vi.useFakeTimers();
  [answers, sent, kept, canKeep, untold] = [[], [], new Map(), true, null];
});
afterEach(() => {
  vi.useRealTimers();
});

test('a few seconds after the last change it is saved, once', async () => {
  const saver = open();
  saver.type({ title: 'R' });
  await pass(AUTOSAVE_QUIET_MS - 1);
  saver.type({ title: 'Rain' });
  await pass(AUTOSAVE_QUIET_MS - 1);
  expect(sent).toEqual([]);
  await pass(1);
  expect(titles()).toEqual(['Rain']);
  expect(line(saver)).toBe('Saved');
  await pass(60_000);
  expect(sent).toHaveLength(1);
});

test('under steady typing it is saved every ten seconds', async () => {
  const saver = open();
  for (let at = 0; at < 21_000; at += 500) {
    saver.type({ title: `${at}` });
    await pass(500);
  }
  expect(sent).toHaveLength(2);
  expect(Number(titles()[0])).toBeLessThanOrEqual(AUTOSAVE_LATEST_MS);
});

test('one save is under way at a time; what was typed meanwhile follows, with what the blog said last', async () => {
  const saver = open();
  let arrive: (answer: Answer) => void = () => undefined;
  answers = [new Promise<Answer>((resolve) => { arrive = resolve; })];
  saver.type({ title: 'One' });
  await pass(AUTOSAVE_QUIET_MS);
  saver.type({ title: 'Two' });
  saver.saveSoon();
  await pass(20_000);
  expect(titles()).toEqual(['One']);
  expect(line(saver)).toBe('Saving…');
  arrive(ok({ ...SAVED, seen: '1.0', savedAt: '2026-11-26T10:00:00.000Z' }));
  await pass(AUTOSAVE_QUIET_MS);
  expect(sent.map(({ fields, seen }) => [fields.title, seen])).toEqual([['One', ''], ['Two', '1.0']]);
});

test('what is typed stands in the browser at once, and is thrown away when the blog has it', async () => {
  const saver = open();
  saver.type({ title: 'Rain' });
  await pass(500);
  expect(kept.get(ID)?.fields.title).toBe('Rain');
  expect(sent).toEqual([]);
  await pass(AUTOSAVE_QUIET_MS);
  expect(kept.size).toBe(0);
});

test('offline it says that it is kept here, tries again later and later, and saves when the network is back', async () => {
  const saver = open();
  answers = [offline(), offline(), offline()];
  saver.type({ title: 'Rain' });
  await pass(AUTOSAVE_QUIET_MS);
  expect(line(saver)).toBe('Offline – kept in this browser');
  await pass(2_000);
  expect(sent).toHaveLength(2);
  await pass(3_999);
  expect(sent).toHaveLength(2);
  await pass(1);
  expect(sent).toHaveLength(3);
  expect(kept.get(ID)?.fields.title).toBe('Rain');
  saver.tryAgain();
  await pass(0);
  expect([line(saver), kept.size]).toEqual(['Saved', 0]);
});

test('a save whose answer was lost is sent again as it was, before what was typed since', async () => {
  const saver = open();
  answers = [offline()];
  saver.type({ title: 'One' });
  await pass(AUTOSAVE_QUIET_MS);
  saver.type({ title: 'Two' });
  await pass(30_000);
  expect(titles()).toEqual(['One', 'One', 'Two']);
  expect(line(saver)).toBe('Saved');
});

test('after a conflict nothing is sent, also not on leaving, and what is typed is kept', async () => {
  const saver = open({ ...SAVED, seen: '1.0' });
  answers = [CONFLICT];
  saver.type({ title: 'Mine' });
  await pass(AUTOSAVE_QUIET_MS);
  saver.type({ title: 'Mine, longer' });
  saver.leave();
  saver.tryAgain();
  saver.saveSoon();
  await pass(120_000);
  expect(sent).toHaveLength(1);
  expect(line(saver)).toMatch(/^Not saved/);
  expect(kept.get(ID)?.fields.title).toBe('Mine, longer');
  expect(await saver.flush()).toMatchObject({ code: 'conflict' });
});

test('whoever puts their text over the other one sends it as having seen that one', async () => {
  const saver = open({ ...SAVED, seen: '1.0' });
  answers = [CONFLICT];
  saver.type({ title: 'Mine' });
  await pass(AUTOSAVE_QUIET_MS);
  expect(saver.shown.saving.trouble).toMatchObject({ kind: 'conflict', seen: '7.0' });
  saver.overrule('7.0');
  await pass(0);
  expect(sent.map(({ seen }) => seen)).toEqual(['1.0', '7.0']);
  expect(line(saver)).toBe('Saved');
});

test('whoever takes over the other text has nothing unsaved', async () => {
  const saver = open({ ...SAVED, seen: '1.0' });
  answers = [CONFLICT];
  saver.type({ title: 'Mine' });
  await pass(AUTOSAVE_QUIET_MS);
  saver.takeOver({ fields: { ...FIELDS, title: 'Theirs' }, saved: { ...SAVED, seen: '7.0', savedAt: '2026-11-26T10:00:00.000Z' } });
  await pass(60_000);
  expect(sent).toHaveLength(1);
  expect([saver.shown.fields.title, saver.shown.saved.seen, line(saver)]).toEqual(['Theirs', '7.0', 'Saved']);
});

test('signed out it says so, and saves once somebody is signed in again', async () => {
  const saver = open();
  answers = [fail('not-signed-in', 'You are signed out.')];
  saver.type({ title: 'Rain' });
  await pass(AUTOSAVE_QUIET_MS);
  expect(line(saver)).toBe('Not saved: you are signed out.');
  await pass(10_000);
  expect(line(saver)).toBe('Saved');
});

test('what is refused is sent again only after a change', async () => {
  const saver = open();
  answers = [fail('invalid', 'A title has at most 500 characters.')];
  saver.type({ title: 'Too long' });
  await pass(60_000);
  expect([sent.length, line(saver)]).toEqual([1, 'Not saved: A title has at most 500 characters.']);
  saver.type({ title: 'Short' });
  await pass(AUTOSAVE_QUIET_MS);
  expect(line(saver)).toBe('Saved');
});

test('where a browser keeps nothing it goes on, and says that the page must stay open', async () => {
  canKeep = false;
  answers = [offline()];
  const saver = open();
  saver.type({ title: 'Rain' });
  await pass(AUTOSAVE_QUIET_MS);
  expect([saver.shown.saving.canKeep, line(saver)]).toEqual([false, 'Offline. Please leave this page open.']);
  await pass(2_000);
  expect(line(saver)).toBe('Saved');
});

test('an act comes after everything typed, also what the editor had not told yet, and no save comes in between', async () => {
  const saver = open({ ...SAVED, seen: '1.0' });
  untold = { html: '<p>The last words</p>' };
  let finish: () => void = () => undefined;
  const acted: string[] = [];
  const done = saver.act(async (seen) => {
    acted.push(seen);
    await new Promise<void>((resolve) => { finish = resolve; });
    return ok({ ...SAVED, seen: '9.0', savedAt: '2026-11-26T10:00:00.000Z', state: 'published' });
  });
  await pass(0);
  expect([sent.map(({ fields }) => fields.html), acted]).toEqual([['<p>The last words</p>'], ['1.0']]);
  saver.type({ title: 'Typed meanwhile' });
  await pass(30_000);
  expect(sent).toHaveLength(1);
  finish();
  expect(await done).toMatchObject({ ok: true });
  await pass(AUTOSAVE_QUIET_MS);
  expect(sent.at(-1)).toMatchObject({ seen: '9.0', fields: { title: 'Typed meanwhile' } });
});

test('an act on a new post saves it first, though nothing is typed', async () => {
  const saver = open();
  const seen: string[] = [];
  await saver.act(async (now) => {
    seen.push(now);
    return ok({ ...SAVED, seen: '2.0' });
  });
  expect([sent.length, seen]).toEqual([1, ['1.0']]);
});

test('an act does not happen where the text could not be saved', async () => {
  const saver = open();
  answers = [offline()];
  saver.type({ title: 'Rain' });
  const run = vi.fn();
  expect(await saver.act(run)).toMatchObject({ ok: false, code: 'unavailable' });
  expect(run).not.toHaveBeenCalled();
});

test('on leaving while a save is under way the last words are sent beside it, and its answer counts', async () => {
  const saver = open({ ...SAVED, seen: '1.0' });
  let arrive: (answer: Answer) => void = () => undefined;
  answers = [new Promise<Answer>((resolve) => { arrive = resolve; }), ok({ ...SAVED, seen: '3.0', savedAt: '2026-11-26T10:00:01.000Z' })];
  saver.type({ title: 'One' });
  await pass(AUTOSAVE_QUIET_MS);
  saver.type({ title: 'Two' });
  saver.leave();
  await pass(0);
  expect(titles()).toEqual(['One', 'Two']);
  arrive(ok({ ...SAVED, seen: '2.0', savedAt: '2026-11-26T10:00:00.000Z' }));
  await pass(0);
  expect(kept.size).toBe(0);
  saver.type({ title: 'Three' });
  await pass(AUTOSAVE_QUIET_MS);
  expect(sent.at(-1)).toMatchObject({ fields: { title: 'Three' }, seen: '3.0' });
});
