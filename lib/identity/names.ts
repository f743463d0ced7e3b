import type { Tx } from '../db/client';
import { lockKeys } from '../lock';
import { slugOf } from '../text/slug';
import { areAlike } from '../text/alike';

/** Whether somebody who runs the blog, other than `except`, has this name or one that looks like it: nobody else is called so. */
export async function isStaffName(tx: Tx, name: string, except?: string): Promise<boolean> {
  const staff = await tx.user.findMany({ where: { role: { not: 'reader' }, name: { not: null }, ...(except !== undefined && { id: { not: except } }) }, select: { name: true } });
  return staff.some((person) => areAlike(person.name ?? '', name));
}

/** A slug nobody has, made of a name. Two of one name at once: the second waits, and finds it taken. A step of a command. */
export async function freeSlug(tx: Tx, name: string, id: string): Promise<string> {
  const wish = slugOf(name);
  await lockKeys(tx, `slug:${wish}`);
  const taken = wish === '' || (await tx.user.findUnique({ where: { slug: wish }, select: { id: true } })) !== null;
  return taken ? `${wish || 'reader'}-${id.slice(-6)}` : wish;
}
