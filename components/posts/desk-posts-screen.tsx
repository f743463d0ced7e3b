import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import { DESK_TABS, DESK_WORDS_MAX_CHARACTERS, deskListPath, POSTS_DESK_PATH, type DeskDoneView, type DeskFilter } from '@/lib/posts/desk-filter';
import type { DeskList } from '@/lib/posts/desk-list';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Pager } from '@/components/ui/pager';
import { SelectField } from '@/components/ui/select-field';
import { DeskDoneNote } from './desk-done-note';
import type { ListActs } from './desk-post-acts';
import { DeskPostRow } from './desk-post-row';

type Props = {
  view: DeskList;
  filter: DeskFilter;
  done: DeskDoneView;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  acts: ListActs;
  signOut: () => Promise<void>;
};

/** The posts and pages that a person may change. */
export function DeskPostsScreen({ view: { posts, page, hasMore, counts: inTabs, isByTitle }, filter, done, counts, site, person, acts, signOut }: Props) {
  const here = deskListPath(filter);
  return (
    <div className="desk">
      <QueueRail here="posts" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="desk-posts" tabIndex={-1}>
        <div className="desk-posts-head">
          <h1>{t('posts.desk.heading')}</h1>
          <a className="button" href={`${POSTS_DESK_PATH}/new`}>{t('posts.desk.newPost')}</a>
          <a className="button button--quiet" href={`${POSTS_DESK_PATH}/new?kind=page`}>{t('posts.desk.newPage')}</a>
        </div>
        <DeskDoneNote done={done} restore={acts.restore} trash={acts.trash} here={here} />
        <Tabs filter={filter} inTabs={inTabs} language={site.language} />
        <FindPosts filter={filter} />
        {filter.tab === 'trash' && posts.length > 0 && <p className="desk-posts-word">{t('posts.desk.trashNote')}</p>}
        {isByTitle && <p className="desk-posts-word" role="status">{t('posts.desk.byTitle')}</p>}
        {posts.length === 0 && <EmptyState>{emptyWords(filter)}</EmptyState>}
        {posts.length > 0 && (
          <ol className="desk-posts-list" aria-label={t('posts.desk.list')}>
            {posts.map((post) => <li key={post.id}><DeskPostRow post={post} site={site} isOwner={person.role === 'owner'} acts={acts} here={here} /></li>)}
          </ol>
        )}
        <Pager label={t('posts.desk.pages')} page={page} hasMore={hasMore} hrefOf={(number) => deskListPath({ ...filter, page: number })} back={t('posts.desk.newer')} on={t('posts.desk.older')} />
      </main>
    </div>
  );
}

function emptyWords({ tab, q }: DeskFilter): string {
  if (q !== '') return t('posts.desk.nothingFound');
  if (tab === 'trash') return t('posts.desk.emptyTrash');
  return t(tab === 'all' ? 'posts.desk.noPosts' : 'posts.desk.nothingHere');
}

/** The parts of the list, each with how many are in it. */
function Tabs({ filter: { tab: here, kind }, inTabs, language }: { filter: DeskFilter; inTabs: DeskList['counts']; language: string }) {
  const count = new Intl.NumberFormat(language);
  return (
    <nav className="desk-tabs" aria-label={t('posts.desk.parts')}>
      <ul>
        {DESK_TABS.map((tab) => (
          <li key={tab}>
            <a href={deskListPath({ tab, kind })} aria-current={tab === here ? 'page' : undefined}>{t(`posts.tab.${tab}`)} <span className="desk-tab-count">{count.format(inTabs[tab])}</span></a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function FindPosts({ filter: { tab, kind, q } }: { filter: DeskFilter }) {
  return (
    <form className="desk-find" role="search" aria-label={t('posts.find.label')} method="get" action={POSTS_DESK_PATH}>
      {tab !== 'all' && <input type="hidden" name="tab" value={tab} />}
      <Field id="q" name="q" type="search" label={t('posts.find.words')} maxLength={DESK_WORDS_MAX_CHARACTERS} defaultValue={q} />
      <SelectField id="kind" name="kind" label={t('posts.find.kind')} defaultValue={kind ?? ''} options={[{ value: '', label: t('posts.find.both') }, { value: 'post', label: t('posts.find.posts') }, { value: 'page', label: t('posts.find.pages') }]} />
      <Button quiet>{t('posts.find.submit')}</Button>
      {(q !== '' || kind !== null) && <a className="desk-find-all" href={deskListPath({ tab })}>{t('posts.find.showAll')}</a>}
    </form>
  );
}
