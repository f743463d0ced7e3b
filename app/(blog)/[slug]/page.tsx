import { PageScreen, pageMetadata } from './page-screen';

type Props = { params: Promise<{ slug: string }> };

export const generateMetadata = async ({ params }: Props) => pageMetadata((await params).slug, 1);

/** A page such as About. */
export default async function Page({ params }: Props) {
  return <PageScreen segment={(await params).slug} number={1} />;
}
