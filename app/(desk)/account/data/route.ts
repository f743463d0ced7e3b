import { writeOwnData } from '@/lib/account/data';
import { browserHashes } from '@/lib/identity/session';
import { fileAnswer } from '../../file-answer';
import { accountPerson } from '../account-person';

export const dynamic = 'force-dynamic';

/** Everything the blog has about the person who asks, as a file; written while it is sent, however long it is. */
export async function GET(): Promise<Response> {
  const person = await accountPerson('/account');
  const pieces = writeOwnData(person, await browserHashes(), new Date());
  return fileAnswer(pieces, { type: 'application/json; charset=utf-8', name: 'my-data.json' });
}
