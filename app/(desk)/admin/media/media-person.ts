import { notFound } from 'next/navigation';
import { hasPosts } from '@/lib/identity/rules';
import type { Person } from '@/lib/identity/schema';
import { deskPerson } from '../desk-person';

/** The person at the desk who has files. Moderators are not told that there is such a page. */
export async function mediaPerson(): Promise<Person> {
  const person = await deskPerson();
  if (!hasPosts(person)) notFound();
  return person;
}
