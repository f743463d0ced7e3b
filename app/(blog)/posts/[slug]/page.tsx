import { BEGINNING } from '@/lib/comments/rules';
import { PostScreen, postMetadata } from './post-screen';

type Props = { params: Promise<{ slug: string }> };

export const generateMetadata = async ({ params }: Props) => postMetadata((await params).slug, BEGINNING);

/** A post with the first page of its discussion. */
export default async function Page({ params }: Props) {
  return <PostScreen segment={(await params).slug} place={BEGINNING} />;
}
