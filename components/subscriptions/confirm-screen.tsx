import { Button } from '@/components/ui/button';
import type { CentreView } from '@/lib/subscriptions/schema';
import { t } from '@/lib/words/t';
import { CentreForm, type Act } from './centre-form';

/** What an address is asked: whether it wants what was asked for in its name. */
export function ConfirmScreen({ centre: { token, address, isConfirmed, posts, threads }, confirm }: { centre: CentreView; confirm: Act }) {
  const isNothing = posts === null && threads.length === 0;
  return (
    <div className="reply-page subscriptions">
      <h1 className="reply-title">{t('subscriptions.confirm.heading')}</h1>
      {isConfirmed && <p>{t.rich('subscriptions.confirm.already', { centre: (words) => <a href={`/subscriptions/${token}`}>{words}</a> })}</p>}
      {!isConfirmed && isNothing && <p>{t('subscriptions.centre.nothing')}</p>}
      {!isConfirmed && !isNothing && (
        <>
          <p>{t.rich('subscriptions.confirm.asked', { address: () => <bdi>{address}</bdi> })}</p>
          <ul className="subscriptions-asked">
            {posts !== null && <li>{t('subscriptions.centre.posts')}</li>}
            {threads.map(({ postId, title, scope }) => <li key={postId}>{t(`subscriptions.confirm.${scope}`, { title })}</li>)}
          </ul>
          <CentreForm token={token} act={confirm}><Button>{t('subscriptions.confirm.confirm')}</Button></CentreForm>
          <p className="field-hint">{t('subscriptions.confirm.else')}</p>
        </>
      )}
    </div>
  );
}
