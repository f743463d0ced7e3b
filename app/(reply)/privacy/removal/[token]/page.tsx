import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { RemovalScreen } from '@/components/privacy/removal-screen';
import { tellNoAddress } from '@/lib/answer';
import { findRemoval } from '@/lib/privacy/removals';
import { t } from '@/lib/words/t';
import { proveRemovalAction } from '../actions';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('privacy.removal.yours'), robots: { index: false } });

type Props = { params: Promise<{ token: string }> };

/** A request for whoever made it. The address of the page is a secret. */
export default async function Page({ params }: Props) {
  tellNoAddress();
  const [removal, settings] = await Promise.all([findRemoval((await params).token), site()]);
  if (!removal) notFound();
  return <RemovalScreen removal={removal} site={settings} prove={proveRemovalAction} />;
}
