import { yearMetadata, YearScreen } from '../../year-screen';

type Props = { params: Promise<{ year: string; number: string }> };

const asked = async (params: Props['params']) => {
  const { year, number } = await params;
  return { year, rest: ['page', number] };
};

export const generateMetadata = async ({ params }: Props) => yearMetadata(await asked(params));

/** A further page of the posts of a year. */
export default async function Page({ params }: Props) {
  return <YearScreen {...await asked(params)} />;
}
