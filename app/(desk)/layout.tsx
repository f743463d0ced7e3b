import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { look, site } from '@/app/(blog)/once';
import { siteIcons } from '@/app/(blog)/site-icons';
import { deskFont } from '@/components/layout/desk-font';
import { directionOf } from '@/lib/words/direction';
import { catalogueFor, spokenFor } from '@/lib/words/languages';
import { t } from '@/lib/words/t';
import { DeskWords } from './desk-words';
import { orLastKnown } from './last-known';
import './desk.css';

export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  const [{ title, tagline }, { icon }] = await Promise.all([orLastKnown('site', site), orLastKnown('look', look)]);
  return { title: { default: title, template: `%s – ${title}` }, description: tagline || undefined, robots: { index: false }, icons: siteIcons(icon) };
}

/** The document of the desk: an app, for the people who run the blog. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const [{ language }, { palette }] = await Promise.all([orLastKnown('site', site), orLastKnown('look', look)]);
  return (
    <html lang={language} dir={directionOf(language)} className={deskFont} data-palette={palette}>
      <body>
        <a className="skip-link" href="#content">
          {t('ui.skipToContent')}
        </a>
        <DeskWords tag={spokenFor(language)} catalogue={catalogueFor(language)}>{children}</DeskWords>
      </body>
    </html>
  );
}
