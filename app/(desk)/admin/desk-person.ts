import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { hasDesk, isOwner } from '@/lib/identity/rules';
import type { Person } from '@/lib/identity/schema';
import { currentActor } from '@/lib/identity/session';
import { noteOwner } from './known-owner';

/** The person at the desk. Who is not signed in is sent to do so; who has no desk is not told that there is one. Asked for by title and page alike, read once in a request. */
export const deskPerson = cache(async (): Promise<Person> => {
  const actor = await currentActor();
  if (actor.kind === 'guest') redirect('/sign-in');
  if (!hasDesk(actor)) notFound();
  if (isOwner(actor)) await noteOwner(actor);
  return actor;
});
