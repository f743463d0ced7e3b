import type { ReactNode } from 'react';
import { socialLinks } from '@/lib/site/social';
import { t } from '@/lib/words/t';

/** The end of every page: whose blog it is, where they are found elsewhere, and what it keeps about its readers. */
export function SiteFooter({ title, social, children }: { title: string; social: string[]; children?: ReactNode }) {
  return (
    <footer className="site-footer">
      {children && <div className="column">{children}</div>}
      <div className="column">
        <a href="/">{title}</a>
        {social.length > 0 && (
          <ul className="site-footer-social" aria-label={t('layout.footer.elsewhere')}>
            {socialLinks(social).map(({ href, name }) => <li key={href}><a rel="me noopener" href={href}>{name}</a></li>)}
          </ul>
        )}
        <span className="site-footer-end">
          <a href="/account">{t('layout.footer.account')}</a> <a href="/privacy">{t('layout.footer.privacy')}</a>
        </span>
      </div>
    </footer>
  );
}
