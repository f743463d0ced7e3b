import { notFound, permanentRedirect } from 'next/navigation';
import { discussionPath } from '@/lib/comments/rules';
import { parsePageNumber, parseSlug } from '@/lib/posts/schema';
import { PostScreen, postMetadata } from '../../post-screen';

type Props = { params: Promise<{ slug: string; page: string }> };

async function asked({ params }: Props): Promise<{ slug: string; page: number }> {
  const { slug, page } = await params;
  const number = parsePageNumber(page);
  if (number === null) notFound();
  return { slug, page: number };
}

export async function generateMetadata(props: Props) {
  const { slug, page } = await asked(props);
  return postMetadata(slug, page);
}

/** A further page of a long discussion; page 1 is the post itself. */
export default async function Page(props: Props) {
  const { slug, page } = await asked(props);
  if (page === 1) permanentRedirect(discussionPath({ kind: 'post', slug: parseSlug(slug) ?? '' }, 1));
  return <PostScreen segment={slug} page={page} />;
}
