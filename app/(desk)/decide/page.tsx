import type { Metadata } from 'next';
import { site } from '@/app/(blog)/once';
import { DecideScreen } from '@/components/moderation/decide-screen';
import { LinkGone } from '@/components/moderation/link-gone';
import { findDecisionPage } from '@/lib/moderation/decision-page';
import { decideByLinkAction } from './actions';
import { answerWrongLink } from './wrong-link';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';
// The token goes to no other site; with `no-referrer` a form without script would be sent from `null`, and refused.
export const generateMetadata = (): Metadata => ({ title: t('desk.titles.decide'), robots: { index: false, follow: false }, referrer: 'same-origin' });

type Props = { searchParams: Promise<{ token?: string | string[] }> };

/** What the link of a notice opens: a page with buttons. Opening it, as a mail scanner does, decides nothing. */
export default async function Page({ searchParams }: Props) {
  const { token } = await searchParams;
  const [view, { title, language, timeZone }] = await Promise.all([typeof token === 'string' ? findDecisionPage(token, new Date()) : null, site()]);
  if (view && typeof token === 'string') return <DecideScreen view={view} token={token} site={{ language, timeZone }} siteTitle={title} action={decideByLinkAction} />;
  await answerWrongLink();
  return <LinkGone />;
}
