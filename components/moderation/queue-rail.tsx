import type { Person } from '@/lib/identity/schema';
import { queueName, queuePath } from '@/lib/moderation/rules';
import { QUEUES, type DeskCounts, type Queue } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';
import { SignOutForm } from '@/components/account/sign-out-form';

/** The pages of the desk besides the queues, and who has them. */
const PAGES = [
  { here: 'home', path: '/admin', roles: ['author', 'moderator', 'owner'] },
  { here: 'replies', path: '/admin/replies', roles: ['author', 'owner'] },
  { here: 'posts', path: '/admin/posts', roles: ['author', 'owner'] },
  { here: 'media', path: '/admin/media', roles: ['author', 'owner'] },
  { here: 'rules', path: '/admin/rules', roles: ['author', 'moderator', 'owner'] },
  { here: 'people', path: '/admin/people', roles: ['moderator', 'owner'] },
  { here: 'log', path: '/admin/log', roles: ['moderator', 'owner'] },
  { here: 'removals', path: '/admin/removals', roles: ['moderator', 'owner'] },
  { here: 'followers', path: '/admin/followers', roles: ['owner'] },
  { here: 'outbox', path: '/admin/outbox', roles: ['owner'] },
  { here: 'webhooks', path: '/admin/webhooks', roles: ['owner'] },
  { here: 'moving', path: '/admin/moving', roles: ['owner'] },
  { here: 'settings', path: '/admin/settings', roles: ['owner'] },
  { here: 'health', path: '/admin/health', roles: ['owner'] },
] as const;

export type DeskPage = (typeof PAGES)[number]['here'];

type Props = {
  /** What is shown beside it. */
  here: Queue | DeskPage;
  /** Null where they cannot be had. */
  counts: DeskCounts | null;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
};

/** The left edge of the desk: the queues with their counts, the way to the blog and out. */
export function QueueRail({ here, counts, person, signOut }: Props) {
  const pages = PAGES.filter(({ roles }) => (roles as readonly string[]).includes(person.role));
  return (
    <header className="rail">
      <p className="rail-home">
        <a href="/">{t('moderation.rail.viewBlog')}</a>
      </p>
      <nav aria-label={t('moderation.rail.queues')}>
        <ul className="rail-list">
          {QUEUES.map((name) => (
            <li key={name}>
              <a className="rail-link" href={queuePath({ queue: name })} aria-current={name === here ? 'page' : undefined}>
                {queueName(name)} <span className="rail-count">{counts?.[name]}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {pages.length > 0 && (
        <nav aria-label={t('moderation.rail.blog')}>
          <ul className="rail-list">
            {pages.map((page) => (
              <li key={page.here}>
                <a className="rail-link" href={page.path} aria-current={page.here === here ? 'page' : undefined}>
                  {t(`moderation.pages.${page.here}`)} {page.here === 'replies' && counts?.replies != null && <span className="rail-count">{counts.replies}</span>}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <div className="rail-end">
        <p>
          <a href="/account">{person.name}</a> <small>{t(`people.roles.${person.role}`)}</small>
        </p>
        <SignOutForm signOut={signOut} writer={pages.some((page) => page.here === 'posts') ? person.userId : null} />
      </div>
    </header>
  );
}
