import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requestTime, site } from '@/app/(blog)/once';
import { ReportPage } from '@/components/comments/report-page';
import { currentActor } from '@/lib/identity/session';
import { findReportPage } from '@/lib/moderation/reports';
import { reportAction } from './actions';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Report a comment', robots: { index: false } };

/** Asks that somebody looks at a comment: never kept, for one reader. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [report, settings] = await Promise.all([findReportPage(id, await currentActor(), requestTime()), site()]);
  if (!report) notFound();
  return <ReportPage action={reportAction} report={report} site={settings} />;
}
