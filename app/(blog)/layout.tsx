import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { DocumentShell } from '@/components/layout/document-shell';
import { readingFont } from '@/components/layout/reading-font';
import { currentAnswer } from '@/lib/answer';
import { menu, site } from './once';
import './blog.css';

export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  const { title, tagline } = await site();
  return {
    metadataBase: new URL(currentAnswer().origin),
    title: { default: title, template: `%s – ${title}` },
    description: tagline || undefined,
  };
}

export default async function BlogLayout({ children }: { children: ReactNode }) {
  const [{ title, tagline, language }, links] = await Promise.all([site(), menu()]);
  return (
    <DocumentShell
      title={title}
      tagline={tagline}
      language={language}
      menu={links}
      fontClass={readingFont}
      enhanceSrc={process.env.SOAPBOX_ENHANCE}
    >
      {children}
    </DocumentShell>
  );
}
