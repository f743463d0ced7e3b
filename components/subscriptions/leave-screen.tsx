import { Button } from '@/components/ui/button';
import type { CentreView, Leave } from '@/lib/subscriptions/schema';
import { t } from '@/lib/words/t';
import { CentreForm, type Act } from './centre-form';

/** What is left, and the one button. */
export function LeaveScreen({ centre: { token, posts, threads }, what, leave }: { centre: CentreView; what: Leave; leave: Act }) {
  const thread = threads.find(({ postId }) => postId === what);
  const isThere = what === 'posts' ? posts !== null : what === 'all' ? posts !== null || threads.length > 0 : thread !== undefined;
  return (
    <div className="reply-page subscriptions">
      <h1 className="reply-title">{t('subscriptions.leave.heading')}</h1>
      {isThere ? (
        <>
          <p>{what === 'posts' ? t('subscriptions.leave.posts') : thread ? t('subscriptions.leave.thread', { title: thread.title }) : t('subscriptions.leave.all')}</p>
          <CentreForm token={token} what={what} act={leave}><Button>{t('subscriptions.leave.unsubscribe')}</Button></CentreForm>
        </>
      ) : <p>{t('subscriptions.leave.nothing')}</p>}
      <p><a href={`/subscriptions/${token}`}>{t('subscriptions.leave.centre')}</a></p>
    </div>
  );
}
