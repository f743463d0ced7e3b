import { BEGINNING } from '@/lib/comments/rules';
import { oldQueryOf, type SearchParams } from '../old-query';
import { PageScreen, pageMetadata } from './page-screen';

type Props = { params: Promise<{ slug: string }>; searchParams: SearchParams };

export const generateMetadata = async ({ params, searchParams }: Props) => pageMetadata((await params).slug, BEGINNING, (await oldQueryOf(searchParams)).search);

/** A page such as About. */
export default async function Page({ params, searchParams }: Props) {
  return <PageScreen segment={(await params).slug} place={BEGINNING} search={(await oldQueryOf(searchParams)).search} />;
}
