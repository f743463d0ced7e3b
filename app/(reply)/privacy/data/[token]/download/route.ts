import { tellNoAddress } from '@/lib/answer';
import { writeOwnAddress } from '@/lib/privacy/own-data';
import { fileAnswer } from '@/app/(desk)/file-answer';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ token: string }> };

/** What is kept of an address as a file, for whoever reads its mail. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  tellNoAddress();
  const pieces = await writeOwnAddress((await params).token, new Date());
  return pieces ? fileAnswer(pieces, { type: 'application/json; charset=utf-8', name: 'my-data.json' }) : new Response(null, { status: 404 });
}
