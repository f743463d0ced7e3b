import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { FILE_LIMIT_BYTES } from '@/lib/transfer/desk/moving';
import { NoRoom, writeFileOf } from '@/lib/transfer/desk/pieces';
import { DISK_LEFT_BYTES } from '@/lib/transfer/room';
import { findOwnTransfer } from '@/lib/transfer/desk/transfers';
import { beginUpload, discardTransfer, takePiece } from '@/lib/transfer/desk/uploads';
import { useDatabase } from '@/tests/support/database';
import { EXPORT, person, shown, upload, useFolder } from '../moving-scene';

useDatabase();
const folder = useFolder();
process.env.DATA_DIR = useFolder();
const now = new Date();
const bytesOf = (text: string) => new TextEncoder().encode(text);
const begin = async (actor: Awaited<ReturnType<typeof person>>, file: object = {}) => {
  const begun = await beginUpload(actor, { name: 'blog.xml', bytes: 10, mark: '1', ...file }, now);
  if (!begun.ok) throw new Error(begun.message);
  return begun.value;
};

test('a file sent in pieces is the same file, and with the last of them a job looks it through', async () => {
  const owner = await person();
  const id = await upload(owner, EXPORT, { pieceBytes: 7_001 });
  expect(await shown(owner)).toMatchObject({ id, state: 'checking', fileName: 'blog.xml', bytes: EXPORT.length, received: EXPORT.length });
  const file = await writeFileOf(id, EXPORT.length, folder, new AbortController().signal);
  expect(readFileSync(file).equals(EXPORT)).toBe(true);
  expect(await db().$queryRaw`SELECT data FROM pgboss.job WHERE name = 'transfer'`).toEqual([{ data: { id } }]);
});

test('a piece that is repeated, comes too early or goes too far changes nothing, and is told where the file stands', async () => {
  const owner = await person();
  const { id } = await begin(owner);
  const send = (at: number, text: string) => takePiece(owner, { id, at, bytes: bytesOf(text) });
  expect(await send(0, 'abcd')).toMatchObject({ ok: true, value: { received: 4, isWhole: false, isTaken: true } });
  expect(await send(0, 'abcd')).toMatchObject({ ok: true, value: { received: 4, isTaken: false } });
  expect(await send(6, 'ghij')).toMatchObject({ ok: true, value: { received: 4, isTaken: false } });
  expect(await send(4, 'efghijk')).toMatchObject({ ok: false, code: 'too-large' });
  expect(await send(4, '')).toMatchObject({ ok: false, code: 'invalid' });
  expect(await send(4, 'efghij')).toMatchObject({ ok: true, value: { received: 10, isWhole: true, isTaken: true } });
  // Its answer was lost: the same piece again, after the file is whole.
  expect(await send(4, 'efghij')).toMatchObject({ ok: true, value: { received: 10, isWhole: true, isTaken: false } });
  expect(readFileSync(await writeFileOf(id, 10, folder, new AbortController().signal), 'utf8')).toBe('abcdefghij');
});

test('two tabs that send the same piece at once leave one of it', async () => {
  const owner = await person();
  const { id } = await begin(owner);
  const sent = await Promise.all(Array.from({ length: 8 }, () => takePiece(owner, { id, at: 0, bytes: bytesOf('abcde') })));
  expect(sent.filter((one) => one.ok && one.value.isTaken)).toHaveLength(1);
  expect(await shown(owner)).toMatchObject({ received: 5 });
  expect(await db().transferPiece.count()).toBe(1);
});

test('two tabs that begin at once have one upload between them, and choosing the same file goes on with it', async () => {
  const owner = await person();
  const [one, other] = await Promise.all([begin(owner), begin(owner)]);
  expect(one.id).toBe(other.id);
  await takePiece(owner, { id: one.id, at: 0, bytes: bytesOf('abc') });
  expect(await begin(owner)).toEqual({ id: one.id, received: 3 });
});

test.each([{ mark: '2' }, { name: 'other.xml' }, { bytes: 11 }])('another file (%o) begins anew, and what had arrived of the first is thrown away', async (other) => {
  const owner = await person();
  const { id } = await begin(owner);
  await takePiece(owner, { id, at: 0, bytes: bytesOf('abc') });
  const second = await begin(owner, other);
  expect(second).toMatchObject({ received: 0 });
  expect(second.id).not.toBe(id);
  expect([await db().transfer.count(), await db().transferPiece.count()]).toEqual([1, 0]);
});

test('another owner’s upload, an unknown one and one that is over are not there', async () => {
  const [owner, other] = [await person(), await person()];
  const { id } = await begin(owner);
  const piece = { at: 0, bytes: bytesOf('abc') };
  expect(await takePiece(other, { id, ...piece })).toMatchObject({ ok: false, code: 'not-found' });
  expect(await takePiece(owner, { id: newId(), ...piece })).toMatchObject({ ok: false, code: 'not-found' });
  expect(await findOwnTransfer(other)).toBeNull();
  await discardTransfer(other, id);
  expect(await shown(owner)).toMatchObject({ id, received: 0 });
  expect(await discardTransfer(owner, id)).toMatchObject({ ok: true });
  expect(await takePiece(owner, { id, ...piece })).toMatchObject({ ok: false, code: 'not-found' });
});

test.each(['reader', 'author', 'moderator'] as const)('a %s brings nothing here', async (role) => {
  const actor = await person(role);
  expect(await beginUpload(actor, { name: 'blog.xml', bytes: 10, mark: '' }, now)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await takePiece(actor, { id: newId(), at: 0, bytes: bytesOf('abc') })).toMatchObject({ ok: false, code: 'not-found' });
  expect(await db().transfer.count()).toBe(0);
});

test('a file that is empty, too large or none at all is refused before anything is sent', async () => {
  const owner = await person();
  const codeOf = async (file: unknown) => {
    const begun = await beginUpload(owner, file, now);
    return begun.ok ? null : begun.code;
  };
  expect(await codeOf({ name: 'a', bytes: 0, mark: '' })).toBe('invalid');
  expect(await codeOf({ name: 'a', bytes: FILE_LIMIT_BYTES + 1, mark: '' })).toBe('too-large');
  for (const none of [null, 'a', {}, { name: 'a', bytes: -1, mark: '' }, { name: 'a', bytes: 1.5, mark: '' }, { name: 'a', bytes: '5', mark: '' }]) expect(await codeOf(none)).toBe('malformed');
  expect(await beginUpload(owner, { name: 'a', bytes: FILE_LIMIT_BYTES, mark: '' }, now, () => Promise.resolve(Infinity))).toMatchObject({ ok: true });
});

test('a name is shown as it is, whatever it is, up to its column', async () => {
  const owner = await person();
  await begin(owner, { name: `../../${'x'.repeat(400)}<b>\u0000.xml` });
  expect((await shown(owner)).fileName).toMatch(/^x{248}<b>\.xml$/);
});

test('a file for which the disk has no room is refused before anything is sent, and nothing is thrown away for it', async () => {
  const owner = await person();
  const earlier = await begin(owner);
  const beginWith = async (file: object, free: number) => {
    const begun = await beginUpload(owner, { name: 'blog.xml', bytes: 1_000, mark: '2', ...file }, now, () => Promise.resolve(free));
    return begun.ok ? null : begun.code;
  };
  // The database is elsewhere: only what the file takes while it is imported.
  expect(await beginWith({}, 999 + DISK_LEFT_BYTES)).toBe('unavailable');
  expect(await shown(owner)).toMatchObject({ id: earlier.id });
  const builtIn = path.join(process.env.DATA_DIR!, 'postgres.json');
  writeFileSync(builtIn, '{}');
  expect(await beginWith({}, 1_999 + DISK_LEFT_BYTES)).toBe('unavailable');
  expect(await beginWith({}, 2_000 + DISK_LEFT_BYTES)).toBeNull();
  const { id } = await shown(owner);
  await takePiece(owner, { id, at: 0, bytes: new Uint8Array(400) });
  // What has arrived needs no room a second time.
  expect(await beginWith({}, 1_599 + DISK_LEFT_BYTES)).toBe('unavailable');
  expect(await beginWith({}, 1_600 + DISK_LEFT_BYTES)).toBeNull();
  rmSync(builtIn);
  expect(await beginWith({ mark: '3' }, 1_000 + DISK_LEFT_BYTES)).toBeNull();
});

test('a file is not put together where the disk would be full then', async () => {
  const before = readdirSync(folder);
  await expect(writeFileOf(newId(), 10, folder, new AbortController().signal, () => Promise.resolve(9 + DISK_LEFT_BYTES))).rejects.toThrow(NoRoom);
  expect(readdirSync(folder)).toEqual(before);
});
