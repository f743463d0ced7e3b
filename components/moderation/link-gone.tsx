import { t } from '@/lib/words/t';

/** What stands where the link of a notice opens no more. */
export function LinkGone() {
  return (
    <main id="content" className="desk-sheet" aria-labelledby="gone-title" tabIndex={-1}>
      <h1 id="gone-title">{t('moderation.linkGone.heading')}</h1>
      <p>{t('moderation.linkGone.explanation')}</p>
      <p><a href="/admin/comments?queue=pending">{t('moderation.linkGone.openDesk')}</a></p>
    </main>
  );
}
