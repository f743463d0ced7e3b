import type { ReactNode } from 'react';
import type { Palette } from '@/lib/site/palettes';
import { directionOf } from '@/lib/words/direction';
import { t } from '@/lib/words/t';
import { SiteFooter } from './site-footer';
import { SiteHeader, type MenuLink } from './site-header';
import { THEME_SCRIPT } from './theme-script';

type DocumentShellProps = {
  title: string;
  tagline: string;
  language: string;
  palette: Palette;
  /** Where the author is found elsewhere: whole addresses. */
  social: string[];
  menu: MenuLink[];
  /** The classes that carry the reading font's variables. */
  fontClass: string;
  /** The bundle of components/enhance.ts; absent, the page is whole without it. */
  enhanceSrc: string | undefined;
  /** By which new posts are asked for, in the footer. */
  follow?: ReactNode;
  children: ReactNode;
};

/** The document around every readers' page. Scripts marked `data-own` are ours: the server takes out all others. */
export function DocumentShell({ title, tagline, language, palette, social, menu, fontClass, enhanceSrc, follow, children }: DocumentShellProps) {
  return (
    <html lang={language} dir={directionOf(language)} className={fontClass} data-palette={palette} suppressHydrationWarning>
      <head>
        <script data-own="" dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
        {enhanceSrc && <script data-own="" type="module" defer src={enhanceSrc} />}
      </head>
      <body data-sending={t('layout.sending')}>
        <a className="skip-link" href="#content">{t('ui.skipToContent')}</a>
        <SiteHeader title={title} tagline={tagline} menu={menu} />
        <main id="content" className="column" tabIndex={-1}>{children}</main>
        <SiteFooter title={title} social={social}>{follow}</SiteFooter>
      </body>
    </html>
  );
}
