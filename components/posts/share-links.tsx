import { shareWays } from '@/lib/posts/rules';
import { t } from '@/lib/words/t';

/**
 * Links by which a reader passes a post on: plain addresses of the networks, nothing of theirs is loaded here, and where
 * the reader came from is not told. `address`: the whole one of the post. The buttons are share.enhance.ts's.
 */
export function ShareLinks({ title, address }: { title: string; address: string }) {
  return (
    <div className="post-terms-row share" data-share={address} data-title={title} data-copied={t('posts.article.linkCopied')} data-not-copied={t('posts.article.notCopied', { address })}>
      <span aria-hidden="true">{t('posts.article.share')}</span>
      <ul aria-label={t('posts.article.share')}>
        {shareWays(title, address).map(({ name, href }) => (
          <li key={href}>
            <a href={href} rel="nofollow noopener noreferrer">{name ?? t('posts.article.byMail')}</a>
          </li>
        ))}
        <li data-share-copy hidden><button type="button">{t('posts.article.copyLink')}</button></li>
        <li data-share-by hidden><button type="button">{t('posts.article.shareBy')}</button></li>
      </ul>
      <p className="share-said" role="status" />
    </div>
  );
}
