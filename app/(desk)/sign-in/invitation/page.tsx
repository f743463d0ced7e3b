import type { Metadata } from 'next';
import { site } from '@/app/(blog)/once';
import { AcceptInvitationForm } from '@/components/people/accept-invitation-form';
import { answerWith } from '@/lib/answer';
import { findOfferedRole } from '@/lib/people/queries';
import { acceptInvitationAction } from './actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';
// Not `no-referrer`: the form would come from nowhere. To other places nothing is told.
export const generateMetadata = (): Metadata => ({ title: t('desk.titles.invitation'), robots: { index: false }, referrer: 'same-origin' });

type Props = { searchParams: Promise<{ token?: string | string[] }> };

/** What the link of an invitation opens: a page with a button. Opening it, as a mail scanner does, uses nothing up. */
export default async function Page({ searchParams }: Props) {
  const { token } = await searchParams;
  const role = typeof token === 'string' ? await findOfferedRole(token, new Date()) : null;
  if (role === null) answerWith(404);
  const { title } = await site();
  return <AcceptInvitationForm action={acceptInvitationAction} offer={role !== null && typeof token === 'string' ? { token, role } : null} siteTitle={title} />;
}
