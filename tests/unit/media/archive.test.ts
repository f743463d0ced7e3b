import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openArchive, type Archive } from '@/lib/media/archive';
import { ArchiveNames } from '@/lib/media/archive-names';
import { tarOf, temporaryFolder, zipOf } from '@/tests/support/sample-files';

const folder = temporaryFolder('archive');
writeFileSync(path.join(folder, 'secret.jpg'), 'secret');

const FILES = { '2016/05/a.jpg': 'May', '2016/06/a.jpg': 'June', '2016/05/café.jpg': 'coffee', 'logo.png': 'logo', '2016/05/b.jpg': 'b' };
const entries = Object.entries(FILES).map(([name, text]) => [name, Buffer.from(text)] as [string, Buffer]);

function folderOf(name: string, files: [string, Buffer][]): string {
  for (const [file, bytes] of files) {
    mkdirSync(path.dirname(path.join(folder, name, file)), { recursive: true });
    writeFileSync(path.join(folder, name, file), bytes);
  }
  return path.join(folder, name);
}
function write(name: string, bytes: Buffer): string {
  writeFileSync(path.join(folder, name), bytes);
  return path.join(folder, name);
}
async function opened(place: string): Promise<Archive> {
  const archive = await openArchive(place);
  if (!archive.ok) throw new Error(archive.message);
  return archive.value;
}
async function read(archive: Archive, ...paths: string[]): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  await archive.read(new Set(paths), async (name, bytes) => void (texts[name] = (await buffer(bytes)).toString()));
  return texts;
}
const codeOf = async (place: string) => {
  const archive = await openArchive(place);
  return archive.ok ? 'ok' : archive.code;
};

const tarred = (files: [string, Buffer][]) => tarOf(files.map(([name, bytes]) => ({ name, bytes })));
const kinds: [string, () => Promise<string>][] = [
  ['a folder', async () => folderOf('plain', entries)],
  ['a zip', async () => write('plain.zip', await zipOf(entries))],
  ['a tar', async () => write('plain.tar', await tarred(entries))],
  ['a compressed tar', async () => write('plain.tar.gz', gzipSync(await tarred(entries)))],
  ['a zip by any name', async () => write('archive', await zipOf(entries))],
];

describe.each(kinds)('%s', (_kind, make) => {
  test('is looked into by addresses, and read once', async () => {
    const archive = await opened(await make());
    expect(archive.find('https://ann.files.wordpress.com/2016/05/a.jpg')).toBe('2016/05/a.jpg');
    expect(archive.find('https://blog.example/wp-content/uploads/2016/06/a.jpg')).toBe('2016/06/a.jpg');
    expect(archive.find('https://blog.example/wp-content/uploads/2016/05/caf%C3%A9.jpg')).toBe('2016/05/café.jpg');
    expect(archive.find('https://blog.example/wp-content/uploads/2016/07/a.jpg')).toBeNull();
    expect(await read(archive, '2016/06/a.jpg', 'logo.png', 'not/there.jpg')).toEqual({ '2016/06/a.jpg': 'June', 'logo.png': 'logo' });
    expect(await read(archive, '2016/05/a.jpg')).toEqual({ '2016/05/a.jpg': 'May' });
  });

  test('goes on after a file that nobody reads to its end', async () => {
    const archive = await opened(await make());
    const begun: string[] = [];
    await archive.read(new Set(Object.keys(FILES)), async (name, bytes) => {
      for await (const chunk of bytes) {
        begun.push(`${name} ${chunk.length > 0}`);
        break;
      }
    });
    expect(begun.sort()).toEqual(Object.keys(FILES).map((name) => `${name} true`).sort());
  });

  test('ends with whoever reads it', async () => {
    const archive = await opened(await make());
    await expect(archive.read(new Set(Object.keys(FILES)), async () => Promise.reject(new Error('no more')))).rejects.toThrow('no more');
    const ending = new AbortController();
    await expect(archive.read(new Set(Object.keys(FILES)), async () => ending.abort(new Error('cancelled')), ending.signal)).rejects.toThrow();
  });
});

test('a folder of archives is one, as WordPress.com gives a large blog’s files', async () => {
  const place = folderOf('parts', [
    ['media-export-1-from-0-to-100.tar', await tarred([['2016/05/a.jpg', Buffer.from('May')]])],
    ['media-export-1-from-101-to-200.tar', await tarred([['2016/06/a.jpg', Buffer.from('June')]])],
    ['inner/2016/07/plugin.zip', await zipOf([['2016/08/a.jpg', Buffer.from('not opened')]])],
  ]);
  const archive = await opened(place);
  const found = ['2016/05/a.jpg', '2016/06/a.jpg', '2016/07/plugin.zip', '2016/08/a.jpg'].map((name) => archive.find(`https://ann.files.wordpress.com/${name}`));
  expect(found.map((one) => one !== null)).toEqual([true, true, true, false]);
  expect(Object.values(await read(archive, found[0] ?? '', found[1] ?? ''))).toEqual(expect.arrayContaining(['May', 'June']));
});

describe('which file an address names', () => {
  const among = (...paths: string[]) => {
    const names = new ArchiveNames();
    for (const one of paths) names.add(one);
    return names;
  };
  test.each<[string, string[], string, string | null]>([
    ['the longest tail', ['2016/05/a.jpg', 'sites/2/2016/05/a.jpg'], 'https://blog.example/wp-content/uploads/sites/2/2016/05/a.jpg', 'sites/2/2016/05/a.jpg'],
    ['a folder above', ['uploads/2016/05/a.jpg'], 'https://ann.files.wordpress.com/2016/05/a.jpg', 'uploads/2016/05/a.jpg'],
    ['nothing where two are as good', ['one/2016/05/a.jpg', 'two/2016/05/a.jpg'], 'https://ann.files.wordpress.com/2016/05/a.jpg', null],
    ['nothing of another month', ['2016/06/a.jpg'], 'https://ann.files.wordpress.com/2016/05/a.jpg', null],
    ['nothing of a month for a picture of elsewhere', ['2016/06/a.jpg'], 'https://elsewhere.example/a.jpg', null],
    ['a bare name that is the only one', ['pictures/a.jpg', 'b.jpg'], 'https://ann.files.wordpress.com/2016/05/a.jpg', 'pictures/a.jpg'],
    ['no bare name of two', ['one/a.jpg', 'two/a.jpg'], 'https://ann.files.wordpress.com/2016/05/a.jpg', null],
    ['a name of our own export', [`${'a'.repeat(64)}.jpg`], `https://our.example/media/${'a'.repeat(64)}.jpg`, `${'a'.repeat(64)}.jpg`],
    ['nothing for no address', ['a.jpg'], 'a.jpg', null],
    ['nothing that stands twice', ['a.jpg', 'a.jpg'], 'https://blog.example/a.jpg', null],
    ['a name that is also one of JavaScript', ['constructor'], 'https://blog.example/constructor', 'constructor'],
  ])('%s', (_what, paths, address, found) => {
    expect(among(...paths).find(address)).toBe(found);
  });
});

describe('tricks', () => {
  const TRICKS = ['../secret.jpg', '/etc/passwd', 'a/../../secret.jpg', '..\\secret.jpg', 'C:\\secret.jpg', '.hidden/secret.jpg', '__MACOSX/secret.jpg'];
  const names = ['secret.jpg', 'passwd'];

  test('a zip’s names lead nowhere', async () => {
    // yazl refuses such names; each is as long as the one written in its place.
    const zip = await zipOf([...TRICKS.map((name, index) => [`${index}`.padEnd(name.length, 'x'), Buffer.from('evil')] as [string, Buffer]), ['good.jpg', Buffer.from('good')]]);
    let text = zip.toString('latin1');
    for (const [index, name] of TRICKS.entries()) text = text.replaceAll(`${index}`.padEnd(name.length, 'x'), name);
    const archive = await opened(write('tricks.zip', Buffer.from(text, 'latin1')));
    expect(names.map((name) => archive.find(`https://blog.example/${name}`))).toEqual([null, null]);
    expect(await read(archive, 'good.jpg', ...TRICKS, ...names)).toEqual({ 'good.jpg': 'good' });
  });

  test('a tar’s names lead nowhere, and its links and devices are none', async () => {
    const tar = await tarOf([
      ...TRICKS.map((name) => ({ name, bytes: Buffer.from('evil') })),
      { name: 'linked.jpg', type: 'symlink', linkname: path.join(folder, 'secret.jpg') },
      { name: 'hard.jpg', type: 'link', linkname: path.join(folder, 'secret.jpg') },
      { name: 'pipe.jpg', type: 'fifo' },
      { name: 'good.jpg', bytes: Buffer.from('good') },
    ]);
    const archive = await opened(write('tricks.tar', tar));
    const all = [...names, 'linked.jpg', 'hard.jpg', 'pipe.jpg'];
    expect(all.map((name) => archive.find(`https://blog.example/${name}`))).toEqual(all.map(() => null));
    expect(await read(archive, 'good.jpg', ...TRICKS, ...all)).toEqual({ 'good.jpg': 'good' });
  });

  test('a zip’s symbolic link is none', async () => {
    const archive = await opened(write('links.zip', await zipOf([['linked.jpg', Buffer.from('/etc/passwd'), 0o120777], ['good.jpg', Buffer.from('good'), 0o100644]])));
    expect(archive.find('https://blog.example/linked.jpg')).toBeNull();
    expect(archive.find('https://blog.example/good.jpg')).toBe('good.jpg');
  });

  test('a folder’s symbolic links lead nowhere', async () => {
    const place = folderOf('links', [['good.jpg', Buffer.from('good')]]);
    symlinkSync(path.join(folder, 'secret.jpg'), path.join(place, 'linked.jpg'));
    symlinkSync(folder, path.join(place, 'folder'));
    const archive = await opened(place);
    expect(['linked.jpg', 'secret.jpg', 'good.jpg'].map((name) => archive.find(`https://blog.example/${name}`))).toEqual([null, null, 'good.jpg']);
    expect(await read(archive, 'linked.jpg', 'folder/secret.jpg', 'good.jpg')).toEqual({ 'good.jpg': 'good' });
  });

  test('a zip bomb is not unpacked', async () => {
    const archive = await opened(write('bomb.zip', await zipOf([['bomb.jpg', Buffer.alloc(64 * 1024 * 1024)], ['good.jpg', Buffer.from('good')]])));
    expect(archive.find('https://blog.example/bomb.jpg')).toBeNull();
    expect(archive.find('https://blog.example/good.jpg')).toBe('good.jpg');
  });

  test('a file that lies about its size fails alone', async () => {
    const zip = await zipOf([['lying.jpg', Buffer.alloc(5_000, 'x')], ['good.jpg', Buffer.from('good')]]);
    // Its size stands twice: before its bytes and in the list at the end.
    const size = Buffer.alloc(4);
    size.writeUInt32LE(5_000);
    const small = Buffer.alloc(4);
    small.writeUInt32LE(5);
    for (let at = zip.indexOf(size); at >= 0; at = zip.indexOf(size, at + 1)) small.copy(zip, at);
    const archive = await opened(write('lying.zip', zip));
    const texts: Record<string, string> = {};
    await archive.read(new Set(['lying.jpg', 'good.jpg']), async (name, bytes) => {
      texts[name] = await buffer(bytes).then(String, () => 'broken');
    });
    expect(texts).toEqual({ 'lying.jpg': 'broken', 'good.jpg': 'good' });
  });

  test('a name that is not UTF-8 is ignored, and one of a Mac is found', async () => {
    const tar = await tarOf([{ name: 'caf-.jpg', bytes: Buffer.from('latin') }, { name: 'cafe\u0301.jpg', bytes: Buffer.from('mac') }, { name: 'good.jpg', bytes: Buffer.from('good') }]);
    tar[tar.indexOf('caf-.jpg') + 3] = 0xe9;
    // The sum of the header's bytes (0xe9 in place of a hyphen).
    const sum = parseInt(tar.toString('latin1', 148, 154), 8) + 0xe9 - 0x2d;
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    const archive = await opened(write('names.tar', tar));
    expect(archive.find('https://blog.example/caf%C3%A9.jpg')).toBe('caf\u00e9.jpg');
    expect(await read(archive, 'caf\u00e9.jpg', 'good.jpg')).toEqual({ 'caf\u00e9.jpg': 'mac', 'good.jpg': 'good' });
  });
});

test.each<[string, () => Promise<string> | string, string]>([
  ['nothing', () => path.join(folder, 'nothing'), 'not-found'],
  ['a picture', () => write('a.jpg', Buffer.from('ffd8ffe0', 'hex')), 'invalid'],
  ['an empty file', () => write('empty', Buffer.alloc(0)), 'invalid'],
  ['half a zip', async () => write('half.zip', (await zipOf(entries)).subarray(0, 100)), 'invalid'],
  ['half a tar', async () => write('half.tar', (await tarred(entries)).subarray(0, 2_100)), 'invalid'],
  ['half a compressed tar', async () => write('half.tgz', gzipSync(await tarred(entries)).subarray(0, 60)), 'invalid'],
  ['compressed text', () => write('text.gz', gzipSync('hello '.repeat(1_000))), 'invalid'],
])('%s is refused with a sentence', async (_what, make, code) => {
  expect(await codeOf(await make())).toBe(code);
});
