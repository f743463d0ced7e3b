import { placeAsked, type PlaceProps } from '@/app/(blog)/discussion-place';
import { PageScreen, pageMetadata } from '../../page-screen';

export async function generateMetadata(props: PlaceProps) {
  const { slug, place } = await placeAsked('page', props);
  return pageMetadata(slug, place);
}

/** A further page of what was said below a page, or its threads from the newest on; the first is the page itself. */
export default async function Page(props: PlaceProps) {
  const { slug, place } = await placeAsked('page', props);
  return <PageScreen segment={slug} place={place} />;
}
