import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Person } from '@/lib/identity/schema';
import { currentActor } from '@/lib/identity/session';

/** The person whose page this is. Who is not signed in is sent to do so, and comes back to `path`. */
export const accountPerson = cache(async (path: string): Promise<Person> => {
  const actor = await currentActor();
  if (actor.kind === 'guest') redirect(`/sign-in?to=${encodeURIComponent(path)}`);
  return actor;
});
