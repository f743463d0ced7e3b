import { redirect } from 'next/navigation';
import { deskPerson } from './desk-person';

export const dynamic = 'force-dynamic';

/** The desk begins with the comments that wait. */
export default async function Page() {
  await deskPerson();
  redirect('/admin/comments');
}
