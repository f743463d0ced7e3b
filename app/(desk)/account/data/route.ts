import { writeOwnData } from '@/lib/account/data';
import { browserHash } from '@/lib/identity/session';
import { accountPerson } from '../account-person';

export const dynamic = 'force-dynamic';

/** Everything the blog has about the person who asks, as a file; written while it is sent, however long it is. */
export async function GET(): Promise<Response> {
  const person = await accountPerson('/account');
  const pieces = writeOwnData(person, await browserHash(), new Date());
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(body, {
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Content-Disposition': 'attachment; filename="my-data.json"', 'Cache-Control': 'private, no-store' },
  });
}
