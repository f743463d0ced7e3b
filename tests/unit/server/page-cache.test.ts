import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { postTag, type Tag } from '../../../lib/cache-tags';
import { Changes } from '../../../server/changes';
import { PageCache, type Rendered } from '../../../server/page-cache';
import { WholeAnswer } from '../../../server/whole-answer';

/** Renders that a test ends itself, in the order it likes. */
class Renderings {
  readonly begun: { address: string; end: (words: string, tags?: Tag[] | null, keepUntil?: Date) => void; fail: (error: Error) => void }[] = [];
  readonly render = (address: string): Promise<Rendered> => new Promise((resolve, reject) => {
    this.begun.push({
      address,
      end: (words, tags = ['site', 'posts'], keepUntil) => resolve({ whole: new WholeAnswer(200, [['content-type', 'text/html']], Buffer.from(words), { validated: true }), tags: tags && new Set(tags), keepUntil }),
      fail: reject,
    });
  });
}

let changes: Changes;
let freshness: { changes: Changes; isListening: boolean; refresh?: (done: () => void) => void };
let renderings: Renderings;
let cache: PageCache<string>;

beforeEach(() => {
  changes = new Changes();
  freshness = { changes, isListening: true };
  renderings = new Renderings();
  cache = new PageCache({ render: renderings.render, waits: (address) => address !== '/missing' }, freshness, 64 * 1024);
});

const words = async (asked: ReturnType<typeof cache.get>) => (await asked).whole.body.toString();
const ask = (path: string) => cache.get(path, path);
const untilBegun = (count: number) => vi.waitFor(() => expect(renderings.begun).toHaveLength(count));

/** A page kept by an ordinary rendering. */
async function keep(path: string, body: string, tags?: Tag[] | null, until?: Date): Promise<void> {
  const before = renderings.begun.length;
  const asked = ask(path);
  await untilBegun(before + 1);
  renderings.begun[before]!.end(body, tags, until);
  expect(await words(asked)).toBe(body);
}

test('a hundred who ask at once cause one rendering, and whoever comes later none', async () => {
  const asked = Array.from({ length: 100 }, () => ask('/'));
  await untilBegun(1);
  renderings.begun[0]!.end('first');
  expect(new Set(await Promise.all(asked.map(words)))).toEqual(new Set(['first']));
  expect(await words(ask('/'))).toBe('first');
  expect(renderings.begun).toHaveLength(1);
  expect(cache.state).toMatchObject({ kept: 1, misses: 100, hits: 1, isListening: true });
});

describe('a page is not shown after a change of', () => {
  test.each<[string, Tag, boolean]>([['what it shows', postTag('1'), false], ['everything', 'site', false], ['something else', postTag('2'), true]])('%s', async (_what, changed, isRight) => {
    await keep('/posts/one', 'old', ['site', 'posts', postTag('1')]);
    changes.note([changed]);
    expect(cache.find('/posts/one') !== undefined).toBe(isRight);
  });
});

test('a rendering that began before a change is given to nobody who asked after it, however late it ends', async () => {
  const early = ask('/');
  await untilBegun(1);
  changes.note(['posts']);
  const late = ask('/');
  await untilBegun(2);
  renderings.begun[1]!.end('new');
  expect(await words(late)).toBe('new');
  renderings.begun[0]!.end('old');
  // Who asked before the change might have the old one, but there is a newer by now.
  expect(await words(early)).toBe('new');
  expect(await words(ask('/'))).toBe('new');
  expect(renderings.begun).toHaveLength(2);
});

test('a rendering overtaken by a change answers who asked before it, and is not kept, by a CDN neither', async () => {
  const early = ask('/');
  await untilBegun(1);
  changes.note(['posts']);
  renderings.begun[0]!.end('old');
  const found = await early;
  expect(found).toMatchObject({ tags: [], until: 0 });
  expect(found.whole.body.toString()).toBe('old');
  expect(cache.find('/')).toBeUndefined();
});

test('while nothing can be heard nothing is kept, and nothing from before is shown afterwards', async () => {
  await keep('/', 'before');
  freshness.isListening = false;
  expect(cache.find('/')).toBeUndefined();
  await keep('/', 'meanwhile');
  const crossing = ask('/');
  await untilBegun(3);
  changes.noteAll();
  freshness.isListening = true;
  renderings.begun[2]!.end('begun while deaf');
  await crossing;
  expect(cache.find('/')).toBeUndefined();
});

test('while nothing can be heard, a rendering that has begun is not joined: what changed since is not known', async () => {
  freshness.isListening = false;
  const early = ask('/');
  await untilBegun(1);
  const late = ask('/');
  await untilBegun(2);
  renderings.begun[0]!.end('old');
  renderings.begun[1]!.end('new');
  expect(await Promise.all([words(early), words(late)])).toEqual(['old', 'new']);
});

test('a page is kept until its hour comes, and an answer without tags not at all', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000 });
  try {
    await keep('/', 'with an hour', ['posts'], new Date(5_000));
    vi.setSystemTime(4_999);
    expect(cache.find('/')).toMatchObject({ until: 5_000 });
    vi.setSystemTime(5_000);
    expect(cache.find('/')).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
  await keep('/nowhere', 'not found', null);
  expect(cache.find('/nowhere')).toBeUndefined();
});

test('a rendering that fails fails for all who waited, and the next begins anew', async () => {
  const asked = [ask('/'), ask('/')].map((one) => one.catch((error: Error) => error.message));
  await untilBegun(1);
  renderings.begun[0]!.fail(new Error('a bug'));
  expect(await Promise.all(asked)).toEqual(['a bug', 'a bug']);
  await keep('/', 'well again');
});

test('a rendering that does not end is not waited for by those who come ten seconds after it began', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000 });
  try {
    void ask('/');
    await untilBegun(1);
    vi.setSystemTime(20_000);
    await keep('/', 'begun anew');
  } finally {
    vi.useRealTimers();
  }
});

test('many pages at once stand in line; what others wait for does not', async () => {
  const asked = Array.from({ length: 40 }, (_, index) => ask(`/posts/${index}`));
  await untilBegun(8);
  const missing = ask('/missing');
  await untilBegun(9);
  renderings.begun[8]!.end('nothing here');
  expect(await words(missing)).toBe('nothing here');
  for (let ended = 0; ended < 40; ended++) {
    await vi.waitFor(() => expect(renderings.begun.filter(({ address }) => address !== '/missing').length).toBeGreaterThan(ended));
    renderings.begun.filter(({ address }) => address !== '/missing')[ended]!.end('a post');
  }
  expect(await Promise.all(asked)).toHaveLength(40);
});

test('one that waits for its turn is joined whatever changes meanwhile, for it has read nothing yet', async () => {
  for (let index = 0; index < 8; index++) void ask(`/posts/${index}`);
  await untilBegun(8);
  const early = ask('/');
  changes.note(['posts']);
  const late = ask('/');
  renderings.begun[0]!.end('a post');
  await untilBegun(9);
  renderings.begun[8]!.end('one for both');
  expect(await Promise.all([words(early), words(late)])).toEqual(['one for both', 'one for both']);
});

test('its size in bytes is bounded: what was not asked for longest makes room', async () => {
  const page = (index: number) => Buffer.from(Array.from({ length: 4_000 }, (_, at) => 33 + ((at * 7 + index) % 90))).toString();
  for (let index = 0; index < 30; index++) {
    await keep(`/posts/${index}`, page(index));
    expect(cache.state.bytes).toBeLessThanOrEqual(64 * 1024);
    expect(cache.find('/posts/0')).toBeDefined();
  }
  expect(cache.state.kept).toBeGreaterThan(3);
  expect(cache.state.kept).toBeLessThan(30);
  expect(cache.find('/posts/1')).toBeUndefined();
  await keep('/large', 'x'.repeat(40_000));
  expect(cache.find('/large')).toBeUndefined();
});

test('with a refresh nobody is answered before it, and what it notes counts', async () => {
  await keep('/', 'old');
  freshness.refresh = (done) => {
    changes.note(['posts']);
    done();
  };
  const asked = ask('/');
  await untilBegun(2);
  renderings.begun[1]!.end('new');
  expect(await words(asked)).toBe('new');
});

test('what stands in line for long is rendered once, however late it is asked for again', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000 });
  try {
    for (let index = 0; index < 8; index++) void ask(`/posts/${index}`);
    await untilBegun(8);
    const asked = [ask('/')];
    expect(cache.waiting).toBe(1);
    for (const at of [12_000, 24_000]) {
      vi.setSystemTime(at);
      asked.push(ask('/'));
    }
    renderings.begun[0]!.end('a post');
    await untilBegun(9);
    renderings.begun[8]!.end('one for all');
    expect(await Promise.all(asked.map(words))).toEqual(['one for all', 'one for all', 'one for all']);
    expect(renderings.begun).toHaveLength(9);
  } finally {
    vi.useRealTimers();
  }
});

describe('while changes cannot be heard', () => {
  beforeEach(async () => {
    await keep('/posts/one', 'kept', ['site', 'posts', postTag('1')]);
    await keep('/posts/two', 'kept too', ['site', 'posts', postTag('2')], new Date(Date.now() - 1));
  });

  test('what was right when they last could is there to be given in need, also past the hour that was set', () => {
    freshness.isListening = false;
    expect(cache.find('/posts/one')).toBeUndefined();
    expect(cache.lastRight('/posts/one')).toMatchObject({ tags: [], until: 0 });
    expect(cache.lastRight('/posts/two')?.whole.body.toString()).toBe('kept too');
    expect(cache.lastRight('/posts/three')).toBeUndefined();
  });

  test('what was changed before is not, and nothing is once they are heard again, or where every answer has to be exact', () => {
    changes.note([postTag('1')]);
    expect(cache.lastRight('/posts/one')).toBeUndefined();
    freshness.isListening = false;
    expect([cache.lastRight('/posts/one'), cache.lastRight('/posts/two') !== undefined]).toEqual([undefined, true]);
    freshness.refresh = (done) => done();
    expect(cache.lastRight('/posts/two')).toBeUndefined();
    delete freshness.refresh;
    freshness.isListening = true;
    changes.noteAll();
    freshness.isListening = false;
    expect(cache.lastRight('/posts/two')).toBeUndefined();
  });
});

test('what was kept and is let go is counted once, by what made it wrong', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000 });
  try {
    await keep('/posts/one', 'one', ['posts', postTag('1')]);
    await keep('/posts/two', 'two', ['posts'], new Date(5_000));
    expect(cache.figures).toMatchObject({ kept: 2, rendering: 0, waiting: 0, dropped: { change: 0, hour: 0, room: 0 } });
    vi.setSystemTime(5_000);
    changes.note([postTag('1')]);
    for (let time = 0; time < 3; time += 1) for (const path of ['/posts/one', '/posts/two']) expect(cache.find(path)).toBeUndefined();
    expect(cache.figures.dropped).toEqual({ change: 1, hour: 1, room: 0 });
  } finally {
    vi.useRealTimers();
  }
  for (let index = 0; index < 9; index += 1) await keep(`/posts/${index}`, randomBytes(3_000).toString('base64'));
  expect(cache.figures.dropped.room).toBeGreaterThan(0);
  const asked = ask('/posts/asked');
  await vi.waitFor(() => expect(cache.figures.rendering).toBe(1));
  renderings.begun.at(-1)!.end('asked');
  await asked;
});
