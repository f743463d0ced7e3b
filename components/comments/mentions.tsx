import { Time } from '@/components/ui/time';
import type { MentionView } from '@/lib/comments/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

/** The pages of elsewhere that link to a post, apart from what people said. Nothing without any. */
export function Mentions({ mentions, site }: { mentions: MentionView[]; site: SiteLocale }) {
  if (mentions.length === 0) return null;
  return (
    <div className="mentions">
      <h3 id="mentions-title">{t('comments.discussion.mentions')}</h3>
      <ul aria-labelledby="mentions-title">
        {mentions.map(({ id, legacyNumber, name, website, createdAt, way, text }) => (
          <li key={id} id={`comment-${id}`}>
            {legacyNumber !== null && <span id={`comment-${legacyNumber}`} className="old-anchor" />}
            {website ? (
              <a href={website} rel="nofollow ugc noopener">
                {name}
              </a>
            ) : (
              name
            )}{' '}
            {way !== null && way !== 'mention' && <>{t('comments.discussion.mentionWay', { way })} </>}
            <Time at={createdAt} site={site} />
            {text !== '' && <p>{text}</p>}
          </li>
        ))}
      </ul>
    </div>
  );
}
