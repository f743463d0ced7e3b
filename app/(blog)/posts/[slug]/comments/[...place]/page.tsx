import { placeAsked, type PlaceProps } from '@/app/(blog)/discussion-place';
import { PostScreen, postMetadata } from '../../post-screen';

export async function generateMetadata(props: PlaceProps) {
  const { slug, place } = await placeAsked('post', props);
  return postMetadata(slug, place);
}

/** A further page of a long discussion, or its threads from the newest on; the first is the post itself. */
export default async function Page(props: PlaceProps) {
  const { slug, place } = await placeAsked('post', props);
  return <PostScreen segment={slug} place={place} />;
}
