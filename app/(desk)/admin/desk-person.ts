import { notFound, redirect } from 'next/navigation';
import { hasDesk } from '@/lib/identity/rules';
import type { Person } from '@/lib/identity/schema';
import { currentActor } from '@/lib/identity/session';

/** The person at the desk. Who is not signed in is sent to do so; who has no desk is not told that there is one. */
export async function deskPerson(): Promise<Person> {
  const actor = await currentActor();
  if (actor.kind === 'guest') redirect('/sign-in');
  if (!hasDesk(actor)) notFound();
  return actor;
}
