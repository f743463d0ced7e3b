import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { look, menu, site } from '@/app/(blog)/once';
import { siteIcons } from '@/app/(blog)/site-icons';
import { DocumentShell } from '@/components/layout/document-shell';
import { readingFont } from '@/components/layout/reading-font';
import '@/app/(blog)/blog.css';

export async function generateMetadata(): Promise<Metadata> {
  const [{ title, tagline }, { icon }] = await Promise.all([site(), look()]);
  return { title: { default: title, template: `%s – ${title}` }, description: tagline || undefined, icons: siteIcons(icon) };
}

/** The same document as a readers' page, around what is for one reader only: without the form of followers, for each of these has one thing to do. */
export default async function ReplyLayout({ children }: { children: ReactNode }) {
  const [{ title, tagline, language }, { palette, social }, links] = await Promise.all([site(), look(), menu()]);
  return (
    <DocumentShell title={title} tagline={tagline} language={language} palette={palette} social={social} menu={links} fontClass={readingFont} enhanceSrc={process.env.SOAPBOX_ENHANCE}>
      {children}
    </DocumentShell>
  );
}
