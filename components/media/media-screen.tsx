import type { Person } from '@/lib/identity/schema';
import { OWN_MEDIA_KINDS, type LibraryPage, type MediaAsked } from '@/lib/media/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Pager } from '@/components/ui/pager';
import { SelectField } from '@/components/ui/select-field';
import { MediaGrid } from './media-grid';
import { MediaUploadForm } from './media-upload-form';
import { mediaPath } from './media-words';

type Props = {
  library: LibraryPage;
  asked: MediaAsked;
  /** A file was deleted just now. */
  isDeleted: boolean;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
};

const kinds = () => [{ value: '', label: t('media.library.everything') }, ...OWN_MEDIA_KINDS.map((kind) => ({ value: kind, label: t(`media.kinds.${kind}`) }))];

/** The library: what this person has brought, an owner everything, newest first. */
export function MediaScreen({ library: { media, page, hasMore }, asked, isDeleted, counts, site, person, signOut }: Props) {
  const isNarrowed = asked.q !== '' || asked.kind !== '';
  return (
    <div className="desk">
      <QueueRail here="media" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="media" tabIndex={-1}>
        <h1>{t('media.library.heading')}</h1>
        {isDeleted && <p className="status-bar" role="status">{t('media.library.deleted')}</p>}
        <MediaUploadForm language={site.language} />
        <form className="media-search" role="search" action="/admin/media">
          <Field id="media-q" name="q" label={t('media.library.searchLabel')} type="search" defaultValue={asked.q} maxLength={200} />
          <div className="media-kind"><SelectField id="media-kind" name="kind" label={t('media.library.show')} options={kinds()} defaultValue={asked.kind} /></div>
          <Button quiet>{t('media.library.search')}</Button>
          {isNarrowed && <a className="media-all" href="/admin/media">{t('media.library.showEverything')}</a>}
        </form>
        {media.length === 0 && <EmptyState>{isNarrowed ? t('media.library.noneLikeThat') : page > 1 ? t('media.library.noMore') : t('media.library.noneYet')}</EmptyState>}
        {media.length > 0 && <MediaGrid media={media} label={t('media.library.name')} language={site.language} />}
        <Pager label={t('media.library.pages')} page={page} hasMore={hasMore} hrefOf={(number) => mediaPath({ ...asked, page: number })} back={t('media.library.newer')} on={t('media.library.older')} />
      </main>
    </div>
  );
}
