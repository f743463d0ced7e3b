import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { MediaOneScreen } from '@/components/media/media-one-screen';
import { findMedia } from '@/lib/media/library';
import { countQueues } from '@/lib/moderation/queries';
import { z } from '@/lib/zod';
import { signOutAction } from '../../../sign-in/actions';
import { deleteAction, describeAction } from '../actions';
import { mediaPerson } from '../media-person';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.file'), robots: { index: false } });

/** One file of the library. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const person = await mediaPerson();
  const id = z.uuid().safeParse((await params).id);
  const media = id.success ? await findMedia(person, id.data) : null;
  if (!media) notFound();
  const [counts, { language, timeZone }] = await Promise.all([countQueues(person), site()]);
  const { userId, name, role } = person;
  return <MediaOneScreen media={media} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }} describe={describeAction} remove={deleteAction} signOut={signOutAction} />;
}
