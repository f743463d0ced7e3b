import { showing } from '../answer';
import { db } from '../db/client';
import type { MenuItem } from '../site/settings-form';
import { t } from '../words/t';
import { listMenuPages, publicAt } from './queries';
import { postPath } from './rules';

export type MenuLink = { href: string; title: string };

/** The links of the header: those that the owner has set, each page where it is now and left out while it is not public; else (null) the first `limit` pages. */
export async function listMenu(items: MenuItem[] | null, limit: number, now: Date): Promise<MenuLink[]> {
  if (items === null) return (await listMenuPages(limit, now)).map(({ slug, title }) => ({ href: postPath({ kind: 'page', slug }), title }));
  showing('posts');
  const ids = items.flatMap((item) => ('page' in item ? [item.page] : []));
  const pages = ids.length === 0 ? [] : await db().post.findMany({ where: { id: { in: ids }, kind: 'page', ...publicAt(now) }, select: { id: true, slug: true, title: true } });
  return items.flatMap((item): MenuLink[] => {
    if ('to' in item) return [{ href: item.to, title: item.label }];
    const page = pages.find(({ id }) => id === item.page);
    return page ? [{ href: postPath({ kind: 'page', slug: page.slug }), title: item.label || page.title.trim() || t('posts.untitled.forReaders') }] : [];
  });
}

export type MenuPage = { id: string; title: string };

/** The pages that a link of the header can lead to, by title, for the settings. */
export async function listMenuChoices(now: Date): Promise<MenuPage[]> {
  const pages = await db().post.findMany({ where: { kind: 'page', ...publicAt(now) }, orderBy: [{ title: 'asc' }, { id: 'asc' }], select: { id: true, title: true }, take: 500 });
  return pages.map(({ id, title }) => ({ id, title: title.trim() || t('posts.untitled.forReaders') }));
}
