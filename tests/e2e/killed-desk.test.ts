import { createHash, randomBytes, randomInt } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { PostAct, Save } from '../../lib/posts/post-form';
import { uploadPath } from '../../lib/media/schema';
import { type BlogProcess, freePort, until, useProcesses } from '../support/blog-process';
import { DeskScript, newSave, type Told } from '../support/desk-script';
import { AUTH_SECRET, openSessionOf, useOwnDatabase } from '../support/instances';

const KILLS = 4;
const LONGEST_MS = 900;
/** Six starts on a busy machine. */
const LIMIT_MS = 180_000;
const LONG_AGO = new Date(Date.now() - 2 * 60 * 60_000);

const { run, dataDir } = useProcesses();
const token = randomBytes(32).toString('base64url');
const database = useOwnDatabase();

/** Words of which the first and the last name the same text, long enough to be cut in between. */
const textOf = (mark: string) => ({ title: `Whole ${mark}`, html: `<p>Begin ${mark}.</p>${'<p>Words between.</p>'.repeat(800)}<p>End ${mark}.</p>`, tags: [`tag ${mark}`] });
const newMark = () => randomBytes(4).toString('hex');
const noise = () => sharp(randomBytes(300 * 300 * 3), { raw: { width: 300, height: 300, channels: 3 } }).png().toBuffer();

/** Something that an author did, to be done again as it was where no answer came. */
type Asked = () => Promise<Told<unknown>>;
/** Does one after another until the blog answers no more; gives what was under way then. */
async function keepDoing(next: () => Asked | Promise<Asked>): Promise<Asked> {
  for (;;) {
    const asked = await next();
    const told = await asked().catch((error: unknown) => {
      if (error instanceof TypeError) return null; // as `fetch` tells that nobody answers
      throw error;
    });
    if (!told) return asked;
    if (told.status >= 400 && told.status !== 409) throw new Error(`It answered ${told.status}: ${told.text.slice(0, 300)}`);
  }
}

class Author {
  /** What the blog has said that it has, by post. */
  readonly has = new Map<string, string>();
  readonly files = new Map<string, Buffer>();
  private save: Save = newSave({});
  private mark = '';

  constructor(private readonly desk: () => DeskScript) {}

  /** A draft, published; then a change of it, saved and put out. */
  async *writing(): AsyncGenerator<Asked> {
    for (;;) {
      this.save = newSave({});
      for (const to of ['published', 'update'] as const) {
        this.mark = newMark();
        this.save = { ...this.save, fields: { ...this.save.fields, ...textOf(this.mark) } };
        yield this.saving(this.save, this.mark);
        yield this.acting({ to }, this.mark);
      }
    }
  }

  private saving(save: Save, mark: string): Asked {
    return async () => {
      const told = await this.desk().save(save);
      this.took(told, mark);
      return told;
    };
  }

  private acting(act: PostAct, mark: string): Asked {
    const { id, tab, seen } = this.save;
    return async () => {
      const told = await this.desk().act(id, seen, act, tab);
      this.took(told, mark);
      return told;
    };
  }

  private took({ status, said, text }: Awaited<ReturnType<DeskScript['save']>>, mark: string): void {
    if (status !== 200 || !said?.value) throw new Error(`It answered ${status}: ${text.slice(0, 300)}`);
    this.save = { ...this.save, seen: said.value.seen };
    this.has.set(this.save.id, mark);
  }

  async naming(): Promise<Asked> {
    const name = `Site ${newMark()}`;
    return async () => {
      // The answer to one that has not seen how it stands says how it does.
      const { said } = await this.desk().saveSection('name', '', [['title', 'x'], ['tagline', 'y']]);
      return this.desk().saveSection('name', said?.seen ?? '', [['title', name], ['tagline', name]]);
    };
  }

  async uploading(): Promise<Asked> {
    const bytes = await noise();
    return async () => {
      const told = await this.desk().upload('a.png', bytes);
      if (told.said) this.files.set(told.said.path, bytes);
      return told;
    };
  }
}

/** Begins a file that never comes whole; `half`: what comes of it. */
function beginUpload(url: string, half: Buffer): void {
  const sending = http.request(url + uploadPath('half.png'), { method: 'POST', agent: false, headers: { cookie: `authjs.session-token=${token}`, origin: url, 'content-type': 'application/octet-stream', 'content-length': '900000' } });
  sending.on('error', () => undefined);
  sending.write(half);
}

type Row = { id: string; title: string; html: string; status: string; publishedAt: Date | null; tags: string | null; copy: { title: string; html: string } | null; isWritten: boolean };
const POSTS = `SELECT p.id, p.title, p.html, p.status, p."publishedAt", d.fields AS copy,
    (SELECT string_agg(t.name, ',') FROM "PostTag" pt JOIN "Tag" t ON t.id = pt."tagId" WHERE pt."postId" = p.id) AS tags,
    EXISTS (SELECT 1 FROM "PostRevision" r WHERE r."postId" = p.id AND r.html = p.html AND r.title = p.title AND r.revision <= p.revision) AS "isWritten"
  FROM "Post" p LEFT JOIN "PostDraft" d ON d."postId" = p.id WHERE p.title LIKE 'Whole %'`;

const markOf = ({ title, html }: { title: string; html: string }): string => {
  const mark = title.slice('Whole '.length);
  expect([html.startsWith(`<p>Begin ${mark}.</p>`), html.endsWith(`<p>End ${mark}.</p>`)]).toEqual([true, true]);
  return mark;
};

/** Everything that is there is whole, and what the author was told is there. `isSettled`: nothing was under way. */
async function expectWhole(author: Author, isSettled: boolean): Promise<number> {
  const { rows } = await database.sql.query<Row>(POSTS);
  const found = new Map<string, string[]>();
  for (const row of rows) {
    expect(row.tags).toBe(`tag ${markOf(row)}`);
    if (row.status !== 'draft') expect([row.status, row.publishedAt !== null, row.isWritten]).toEqual(['published', true, true]);
    else expect(row.copy).toBeNull();
    found.set(row.id, [markOf(row), ...(row.copy ? [markOf(row.copy)] : [])]);
  }
  const lost = [...author.has].filter(([id, mark]) => !found.get(id)?.includes(mark));
  // Of the one post that was under way a later text may be there, of which no word has come.
  expect(lost.length).toBeLessThanOrEqual(isSettled ? 0 : 1);
  const { rows: [site] } = await database.sql.query<{ title: string; tagline: string }>('SELECT title, tagline FROM "Site" WHERE id = 1');
  if (site?.title.startsWith('Site ')) expect(site.tagline).toBe(site.title);
  return rows.length;
}

async function expectFiles(folder: string, author: Author, isSettled: boolean): Promise<void> {
  const media = path.join(folder, 'media');
  const kept = readdirSync(media).filter((name) => /^[0-9a-f]{2}$/.test(name)).flatMap((shelf) => readdirSync(path.join(media, shelf)).map((name) => path.join(media, shelf, name)));
  for (const file of kept) expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(path.basename(file, '.png'));
  const { rows } = await database.sql.query<{ path: string }>(`SELECT '/media/' || sha256 || '.png' AS path FROM "MediaAsset" WHERE name IN ('a.png', 'half.png')`);
  const [names, written] = [kept.map((file) => `/media/${path.basename(file)}`), rows.map((row) => row.path)];
  expect(names).toEqual(expect.arrayContaining(written));
  expect(written).toEqual(expect.arrayContaining([...author.files.keys()]));
  if (isSettled) expect(new Set(written)).toEqual(new Set(names));
}

function incoming(dataFolder: string): string[] {
  const folder = path.join(dataFolder, 'media', 'incoming');
  return existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
}

test(`a blog that is killed ${KILLS} times in the middle of what an author does has all of it or nothing, and what was under way is done again as it was`, async () => {
  const folder = dataDir();
  let url = '';
  const author = new Author(() => new DeskScript(url, token));
  const start = async (): Promise<BlogProcess> => {
    const port = String(await freePort());
    url = `http://localhost:${port}`;
    const server = run(['server/start.ts'], { PORT: port, DATA_DIR: folder, DATABASE_URL: database.url, AUTH_SECRET });
    await server.untilSaid('The blog is at');
    return server;
  };
  let server = await start();
  await openSessionOf(database.sql, 'owner', token);
  let posts = 0;
  // Of a picture: what is none by its first bytes is refused, and nothing of it left.
  const half = (await noise()).subarray(0, 200_000);
  for (let round = 0; round < KILLS; round += 1) {
    const writing = author.writing();
    const working = [keepDoing(async () => (await writing.next()).value as Asked), keepDoing(() => author.naming()), keepDoing(() => author.uploading())];
    const before = incoming(folder);
    beginUpload(url, half);
    const hasCome = (file: string) => !before.includes(file) && statSync(file, { throwIfNoEntry: false })?.size === half.length;
    await until(() => incoming(folder).some(hasCome), () => 'No file came in.');
    await pause(randomInt(LONGEST_MS));
    server.signal('SIGKILL');
    const [, lost] = await Promise.all([server.ended, Promise.all(working)]);
    posts = await expectWhole(author, false);
    await expectFiles(folder, author, false);
    server = await start();
    for (const asked of lost) expect(await asked()).toMatchObject({ status: expect.toBeOneOf([200, 201]) });
    await expectWhole(author, true);
    await expectFiles(folder, author, true);
  }
  expect(posts).toBeGreaterThan(0);
  // What never came whole is left where others may still be writing, for an hour.
  const left = incoming(folder);
  expect(left.length).toBeGreaterThan(0);
  for (const file of left) utimesSync(file, LONG_AGO, LONG_AGO);
  server.signal('SIGTERM');
  expect((await server.ended).code).toBe(0);
  await start();
  expect(incoming(folder)).toEqual([]);
}, LIMIT_MS);
