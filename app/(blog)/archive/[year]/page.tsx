import { yearMetadata, YearScreen } from './year-screen';

type Props = { params: Promise<{ year: string }> };

export const generateMetadata = async ({ params }: Props) => yearMetadata({ year: (await params).year });

/** The posts of a year. */
export default async function Page({ params }: Props) {
  return <YearScreen year={(await params).year} />;
}
