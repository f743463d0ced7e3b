import { t } from '@/lib/words/t';
import { ThemeSwitch } from './theme-switch';

export type MenuLink = { href: string; title: string };

/** The blog's name, what it is about, and its pages. */
export function SiteHeader({ title, tagline, menu }: { title: string; tagline: string; menu: MenuLink[] }) {
  return (
    <header className="site-header">
      <div className="column site-header-row">
        <div>
          <a className="site-name" href="/">{title}</a>
          {tagline && <p className="site-tagline">{tagline}</p>}
        </div>
        {menu.length > 0 && (
          <nav className="site-header-links" aria-label={t('layout.header.pages')}>
            <ul>{menu.map((link) => <li key={link.href}><a href={link.href}>{link.title}</a></li>)}</ul>
          </nav>
        )}
        <ThemeSwitch />
      </div>
    </header>
  );
}
