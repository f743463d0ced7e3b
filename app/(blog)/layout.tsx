import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { DocumentShell } from '@/components/layout/document-shell';
import { readingFont } from '@/components/layout/reading-font';
import { FollowForm } from '@/components/subscriptions/follow-form';
import { currentAnswer } from '@/lib/answer';
import { look, menu, site } from './once';
import { siteIcons } from './site-icons';
import { followAction } from './follow-action';
import './blog.css';

export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  const [{ title, tagline }, { icon }] = await Promise.all([site(), look()]);
  return {
    metadataBase: new URL(currentAnswer().origin),
    title: { default: title, template: `%s – ${title}` },
    description: tagline || undefined,
    icons: siteIcons(icon),
  };
}

export default async function BlogLayout({ children }: { children: ReactNode }) {
  const [{ title, tagline, language }, { palette, social }, links] = await Promise.all([site(), look(), menu()]);
  return (
    <DocumentShell
      title={title}
      tagline={tagline}
      language={language}
      palette={palette}
      social={social}
      menu={links}
      fontClass={readingFont}
      enhanceSrc={process.env.SOAPBOX_ENHANCE}
      follow={<FollowForm place="footer" action={followAction} />}
    >
      {children}
    </DocumentShell>
  );
}
