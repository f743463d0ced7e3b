import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requestTime, site } from '@/app/(blog)/once';
import { ReportPage } from '@/components/comments/report-page';
import { currentActor } from '@/lib/identity/session';
import { findReportPage } from '@/lib/moderation/reports';
import { t } from '@/lib/words/t';
import { reportAction } from './actions';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('comments.report.title'), robots: { index: false } });

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ sent?: string | string[] }> };

/** Asks that somebody looks at a comment: never kept, for one reader. */
export default async function Page({ params, searchParams }: Props) {
  const [{ id }, { sent }] = await Promise.all([params, searchParams]);
  const [report, settings] = await Promise.all([findReportPage(id, await currentActor(), requestTime(), sent !== undefined), site()]);
  if (!report) notFound();
  return <ReportPage action={reportAction} report={report} site={settings} />;
}
