import { oldQueryOf, type SearchParams } from '../old-query';
import { PageScreen, pageMetadata } from './page-screen';

type Props = { params: Promise<{ slug: string }>; searchParams: SearchParams };

export const generateMetadata = async ({ params, searchParams }: Props) => pageMetadata((await params).slug, 1, (await oldQueryOf(searchParams)).search);

/** A page such as About. */
export default async function Page({ params, searchParams }: Props) {
  return <PageScreen segment={(await params).slug} number={1} search={(await oldQueryOf(searchParams)).search} />;
}
