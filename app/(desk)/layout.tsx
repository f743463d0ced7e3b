import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { site } from '@/app/(blog)/once';
import { deskFont } from '@/components/layout/desk-font';
import './desk.css';

export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  const { title } = await site();
  return { title: { default: title, template: `%s – ${title}` }, robots: { index: false } };
}

/** The document of the desk: an app, for the people who run the blog. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const { language } = await site();
  return (
    <html lang={language} className={deskFont}>
      <body>
        <a className="skip-link" href="#content">
          Skip to content
        </a>
        {children}
      </body>
    </html>
  );
}
