import { QueueRail } from '@/components/moderation/queue-rail';
import { titleOf } from '@/components/posts/post-words';
import { Pager } from '@/components/ui/pager';
import { Time } from '@/components/ui/time';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import { editorPath, revisionsPath } from '@/lib/posts/editor-requests';
import type { RevisionLine, RevisionsView } from '@/lib/posts/revisions';
import type { Result } from '@/lib/result';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { RestoreForm } from './restore-form';
import { RevisionDiff, type ShownDiff } from './revision-diff';

/** One text: how it differs from the one before it. `id` null: the text as it is saved now. */
export type ShownRevision = { id: string | null; by: string | null; at: Date; diff: ShownDiff };

type Props = {
  view: RevisionsView;
  /** By how many words each is longer than the one before, about; absent where that is not known. */
  growth: ReadonlyMap<string, number>;
  shown: ShownRevision;
  /** What a restoring has to have seen. */
  seen: string;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  restore: (asked: { id: string; seen: string; revision: string }) => Promise<Result<unknown>>;
  signOut: () => Promise<void>;
};

/** The texts that a post had, and how one of them differs from the one before. */
export function RevisionsScreen({ view: { post, revisions, page, hasMore }, growth, shown, seen, counts, site, person, restore, signOut }: Props) {
  const pathOf = (id: string | null) => `${revisionsPath(post.id)}${id === null ? '' : `?show=${id}${page > 1 ? `&page=${page}` : ''}`}`;
  return (
    <div className="desk">
      <QueueRail here="posts" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="revisions" tabIndex={-1}>
        <p className="desk-posts-back"><a href={editorPath(post.id)}>{t('editor.revisions.back')}</a></p>
        <h1>{t('editor.revisions.heading', { title: titleOf(post) })}</h1>
        <div className="revisions-columns">
          <nav aria-label={t('editor.revisions.list')}>
            <ol className="revisions-list">
              <li><a className="revision-link" href={pathOf(null)} aria-current={shown.id === null ? 'true' : undefined}><span>{t('editor.revisions.savedNow')}</span></a></li>
              {revisions.map((line) => <RevisionItem key={line.id} line={line} growth={growth.get(line.id)} isImported={post.isImported} isShown={line.id === shown.id} href={pathOf(line.id)} site={site} />)}
            </ol>
            <Pager label={t('editor.revisions.pages')} page={page} hasMore={hasMore} hrefOf={(to) => `${revisionsPath(post.id)}?page=${to}`} back={t('editor.revisions.newer')} on={t('editor.revisions.older')} />
          </nav>
          <section className="revision" aria-labelledby="revision-title">
            <header className="revision-head">
              <div>
                <h2 id="revision-title">{shown.id === null ? t('editor.revisions.savedNow') : t.rich('editor.revisions.versionOf', { date: () => <Time at={shown.at} site={site} withClock /> })}</h2>
                <p className="field-hint">{whose(shown.by, post.isImported)} {t.rich('editor.revisions.legend', { ins: (words) => <ins>{words}</ins>, del: (words) => <del>{words}</del> })}</p>
              </div>
              {shown.id !== null && <RestoreForm id={post.id} revision={shown.id} seen={seen} restore={restore} />}
            </header>
            <RevisionDiff diff={shown.diff} />
          </section>
        </div>
      </main>
    </div>
  );
}

const whose = (by: string | null, isImported: boolean): string => (by === null ? (isImported ? t('editor.revisions.imported') : '') : t('editor.revisions.writtenBy', { name: by }));

type ItemProps = { line: RevisionLine; growth: number | undefined; isImported: boolean; isShown: boolean; href: string; site: SiteLocale };

function RevisionItem({ line, growth, isImported, isShown, href, site }: ItemProps) {
  return (
    <li>
      <a className="revision-link" href={href} aria-current={isShown ? 'true' : undefined}>
        <Time at={line.at} site={site} withClock />
        <span className="revision-facts">{[line.by ?? (isImported ? t('editor.revisions.importer') : ''), growthWords(growth)].filter(Boolean).join(' · ')}</span>
      </a>
    </li>
  );
}

/** By how much a text has grown, in about so many words. */
export function growthWords(words: number | undefined): string {
  if (words === undefined) return '';
  if (words === 0) return t('editor.revisions.asLong');
  return t(words > 0 ? 'editor.revisions.longer' : 'editor.revisions.shorter', { count: Math.abs(words) });
}
