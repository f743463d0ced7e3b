import type { Person } from '@/lib/identity/schema';
import { OWN_MEDIA_KINDS, type LibraryPage, type MediaAsked } from '@/lib/media/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Pager } from '@/components/ui/pager';
import { SelectField } from '@/components/ui/select-field';
import { MediaGrid } from './media-grid';
import { MediaUploadForm } from './media-upload-form';
import { KIND_NAMES, mediaPath } from './media-words';

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

const KINDS = [{ value: '', label: 'Everything' }, ...OWN_MEDIA_KINDS.map((kind) => ({ value: kind, label: KIND_NAMES[kind] }))];

/** The library: what this person has brought, an owner everything, newest first. */
export function MediaScreen({ library: { media, page, hasMore }, asked, isDeleted, counts, site, person, signOut }: Props) {
  const isNarrowed = asked.q !== '' || asked.kind !== '';
  return (
    <div className="desk">
      <QueueRail here="media" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="media" tabIndex={-1}>
        <h1>Media</h1>
        {isDeleted && <p className="status-bar" role="status">The file is deleted.</p>}
        <MediaUploadForm language={site.language} />
        <form className="media-search" role="search" action="/admin/media">
          <Field id="media-q" name="q" label="Search by name or description" type="search" defaultValue={asked.q} maxLength={200} />
          <div className="media-kind"><SelectField id="media-kind" name="kind" label="Show" options={KINDS} defaultValue={asked.kind} /></div>
          <Button quiet>Search</Button>
          {isNarrowed && <a className="media-all" href="/admin/media">Show everything</a>}
        </form>
        {media.length === 0 && <EmptyState>{isNarrowed ? 'Nothing in the library is like that.' : page > 1 ? 'There is nothing more.' : 'Nothing yet. What you upload, and what comes with an import, stands here.'}</EmptyState>}
        {media.length > 0 && <MediaGrid media={media} label="Library" language={site.language} />}
        <Pager label="Pages of the library" page={page} hasMore={hasMore} hrefOf={(number) => mediaPath({ ...asked, page: number })} back="Newer files" on="Older files" />
      </main>
    </div>
  );
}
