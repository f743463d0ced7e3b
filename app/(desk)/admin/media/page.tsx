import type { Metadata } from 'next';
import { site } from '@/app/(blog)/once';
import { MediaScreen } from '@/components/media/media-screen';
import { listMedia } from '@/lib/media/library';
import { mediaAskedSchema } from '@/lib/media/schema';
import { countQueues } from '@/lib/moderation/queries';
import { signOutAction } from '../../sign-in/actions';
import { mediaPerson } from './media-person';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.media'), robots: { index: false } });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The files of whoever writes here. */
export default async function Page({ searchParams }: Props) {
  const person = await mediaPerson();
  const query = await searchParams;
  const asked = mediaAskedSchema.parse(query);
  const [library, counts, { language, timeZone }] = await Promise.all([listMedia(person, asked), countQueues(person), site()]);
  const { userId, name, role } = person;
  return <MediaScreen library={library} asked={asked} isDeleted={query.deleted === '1'} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }} signOut={signOutAction} />;
}
