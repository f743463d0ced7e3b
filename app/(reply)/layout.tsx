import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { menu, site } from '@/app/(blog)/once';
import { DocumentShell } from '@/components/layout/document-shell';
import { readingFont } from '@/components/layout/reading-font';
import '@/app/(blog)/blog.css';

export async function generateMetadata(): Promise<Metadata> {
  const { title } = await site();
  return { title: { default: title, template: `%s – ${title}` } };
}

/** The same document as a readers' page, around what is for one reader only. */
export default async function ReplyLayout({ children }: { children: ReactNode }) {
  const [{ title, tagline, language }, links] = await Promise.all([site(), menu()]);
  return (
    <DocumentShell title={title} tagline={tagline} language={language} menu={links} fontClass={readingFont} enhanceSrc={process.env.SOAPBOX_ENHANCE}>
      {children}
    </DocumentShell>
  );
}
