import { currentActor } from '@/lib/identity/session';
import { findSampleMail } from '@/lib/subscriptions/samples';

type Context = { params: Promise<{ kind: string }> };

/** One mail as a mail program would show it: as a page, or as the plain text that it also is (`?as=text`). */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const mail = await findSampleMail(await currentActor(), (await params).kind, new Date());
  if (!mail) return new Response(null, { status: 404 });
  const isText = new URL(request.url).searchParams.get('as') === 'text';
  return new Response(isText ? mail.text : mail.html, { headers: { 'Content-Type': `text/${isText ? 'plain' : 'html'}; charset=utf-8`, 'X-Robots-Tag': 'noindex' } });
}
