import type { Person } from '@/lib/identity/schema';
import type { MediaView } from '@/lib/media/library';
import type { AltState } from '@/lib/media/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { sizeText } from '@/lib/size-text';
import { spokenLanguage, t } from '@/lib/words/t';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Time } from '@/components/ui/time';
import { CopyAddressForm } from './copy-address-form';
import { MediaAltForm } from './media-alt-form';
import { MediaDeleteForm } from './media-delete-form';
import { nameOf } from './media-words';

type Props = {
  media: MediaView;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  describe: (state: AltState, form: FormData) => Promise<AltState>;
  remove: (message: string | null, form: FormData) => Promise<string | null>;
  signOut: () => Promise<void>;
};

/** One file of the library: what it is, what it shows, where it is used. */
export function MediaOneScreen({ media, counts, site, person, describe, remove, signOut }: Props) {
  return (
    <div className="desk">
      <QueueRail here="media" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="media" tabIndex={-1}>
        <p className="desk-posts-back"><a href="/admin/media">{t('media.file.all')}</a></p>
        <h1 className="media-title">{nameOf(media)}</h1>
        <div className="media-one">
          <div className="media-shown"><Shown media={media} /></div>
          <div className="media-side">
            {media.kind === 'image' && <MediaAltForm id={media.id} alt={media.alt} action={describe} />}
            <Facts media={media} site={site} />
            <CopyAddressForm path={media.path} />
            <Uses media={media} />
            <section className="media-section" aria-labelledby="media-delete">
              <h2 id="media-delete">{t('media.file.deleting')}</h2>
              <div><MediaDeleteForm id={media.id} name={nameOf(media)} where={whereWords(media)} action={remove} /></div>
            </section>
          </div>
        </div>
      </main>
    </div>
  );
}

function Shown({ media: { kind, path, alt, name, width, height } }: { media: MediaView }) {
  if (kind === 'image') return <img src={path} alt={alt || name} width={width ?? undefined} height={height ?? undefined} />;
  // What it shows nobody has written down; the controls have their own names.
  if (kind === 'video') return <video src={path} controls preload="metadata" aria-label={name} />;
  return kind === 'audio' ? <audio src={path} controls preload="none" aria-label={name} /> : <p className="media-none">{t('media.file.document')}</p>;
}

function Facts({ media: { mimeType, bytes, width, height, createdAt, by }, site }: { media: MediaView; site: SiteLocale }) {
  const size = sizeText(bytes, site.language);
  return (
    <dl className="media-table">
      <dt>{t('media.file.kind')}</dt><dd>{mimeType}</dd>
      <dt>{t('media.file.size')}</dt><dd>{width === null || height === null ? size : t('media.file.sizeAndPixels', { size, width: String(width), height: String(height) })}</dd>
      <dt>{t('media.file.since')}</dt><dd><Time at={new Date(createdAt)} site={site} withClock /></dd>
      <dt>{t('media.file.from')}</dt><dd>{by ?? t('media.file.anImport')}</dd>
    </dl>
  );
}

function Uses({ media: { uses, othersUses, isSitePicture, isSiteIcon } }: { media: MediaView }) {
  return (
    <section className="media-section" aria-labelledby="media-uses">
      <h2 id="media-uses">{t('media.uses.heading')}</h2>
      {uses.length + othersUses === 0 && !isSitePicture && !isSiteIcon && <p>{t('media.uses.nowhere')}</p>}
      <ul className="media-uses">
        {uses.map(({ postId, title, how }) => <li key={`${postId} ${how}`}>{t.rich(`media.usedAs.${how}`, { title: title || t('media.uses.untitled'), post: (chunks) => <a href={`/admin/posts/${postId}`}>{chunks}</a> })}</li>)}
        {othersUses > 0 && <li>{t('media.uses.others', { count: othersUses })}</li>}
        {isSitePicture && <li>{t('media.uses.sitePicture')}</li>}
        {isSiteIcon && <li>{t('media.uses.siteIcon')}</li>}
      </ul>
    </section>
  );
}

/** Where a file shows, as its deletion says it; '' where it shows nowhere. */
function whereWords({ uses, othersUses, isSitePicture, isSiteIcon }: MediaView): string {
  const posts = new Set(uses.map(({ postId }) => postId)).size + othersUses;
  const places = [...(posts > 0 ? [t('media.places.posts', { count: posts })] : []), ...(isSitePicture ? [t('media.places.sitePicture')] : []), ...(isSiteIcon ? [t('media.places.siteIcon')] : [])];
  return places.length === 0 ? '' : t('media.places.usedIn', { places: new Intl.ListFormat(spokenLanguage()).format(places) });
}
