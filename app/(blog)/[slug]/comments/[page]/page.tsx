import { notFound, permanentRedirect } from 'next/navigation';
import { discussionPath } from '@/lib/comments/rules';
import { parsePageNumber, parseSlug } from '@/lib/posts/schema';
import { PageScreen, pageMetadata } from '../../page-screen';

type Props = { params: Promise<{ slug: string; page: string }> };

async function asked({ params }: Props): Promise<{ slug: string; number: number }> {
  const { slug, page } = await params;
  const number = parsePageNumber(page);
  if (number === null) notFound();
  return { slug, number };
}

export async function generateMetadata(props: Props) {
  const { slug, number } = await asked(props);
  return pageMetadata(slug, number);
}

/** A further page of what was said below a page; the first is the page itself. */
export default async function Page(props: Props) {
  const { slug, number } = await asked(props);
  if (number === 1) permanentRedirect(discussionPath({ kind: 'page', slug: parseSlug(slug) ?? '' }, 1));
  return <PageScreen segment={slug} number={number} />;
}
