import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { Person, Role } from '@/lib/identity/schema';
import type { TransferView } from '@/lib/transfer/desk/moving';
import { findOwnTransfer } from '@/lib/transfer/desk/transfers';
import { beginUpload, takePiece } from '@/lib/transfer/desk/uploads';
import { makeUser } from '@/prisma/makers';
import { fixture } from '@/tests/support/wxr/write-export';

export const EXPORT = readFileSync(fixture('blog-1.2.xml'));

/** Somebody with this role, as an actor. */
export async function person(role: Role = 'owner'): Promise<Person> {
  const { id, name, email, standing } = await makeUser({ role });
  return { kind: 'person', userId: id, name: name ?? '', isNamed: true, email, role, standing, standingUntil: null, writerHash: null };
}

/** Sends a file as a browser does, in pieces of this size; gives the upload's id. */
export async function upload(actor: Person, bytes: Uint8Array = EXPORT, { name = 'blog.xml', pieceBytes = 10_000 } = {}): Promise<string> {
  const begun = await beginUpload(actor, { name, bytes: bytes.length, mark: '1' }, new Date());
  if (!begun.ok) throw new Error(begun.message);
  for (let at = begun.value.received; at < bytes.length; at += pieceBytes) {
    const taken = await takePiece(actor, { id: begun.value.id, at, bytes: new Uint8Array(bytes.subarray(at, at + pieceBytes)) });
    if (!taken.ok) throw new Error(taken.message);
  }
  return begun.value.id;
}

/** One's own import as the page would show it now. */
export async function shown(actor: Person): Promise<TransferView> {
  const found = await findOwnTransfer(actor);
  if (!found) throw new Error('There is no import.');
  return found;
}

/** A folder of this test file, for files put together. */
export function useFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'moving-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
