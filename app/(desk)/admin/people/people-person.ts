import { notFound } from 'next/navigation';
import type { Person } from '@/lib/identity/schema';
import { maySeePeople } from '@/lib/people/rules';
import { deskPerson } from '../desk-person';

/** The person at the desk who may see people. Authors are not told that there is such a page. */
export async function peoplePerson(): Promise<Person> {
  const person = await deskPerson();
  if (!maySeePeople(person)) notFound();
  return person;
}
