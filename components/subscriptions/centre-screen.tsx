import type { ActState, CentreView } from '@/lib/subscriptions/schema';
import { t } from '@/lib/words/t';
import { LeaveForm, PostsForm, ResumeForm, ThreadForm } from './centre-form';

type Act = (state: ActState, form: FormData) => Promise<ActState>;
type Props = { centre: CentreView; done: string | null; change: Act };

const DONE = ['confirmed', 'left', 'changed', 'resumed'] as const;

/** All that an address is told of, each with how often, and the ways out. */
export function CentreScreen({ centre, done, change }: Props) {
  const { token, address, isConfirmed, pause, posts, threads } = centre;
  const said = DONE.find((one) => one === done);
  const isNothing = posts === null && threads.length === 0;
  return (
    <div className="reply-page subscriptions">
      <h1 className="reply-title">{t('subscriptions.centre.heading')}</h1>
      {said && <p className="form-status" role="status">{t(`subscriptions.done.${said}`)}</p>}
      <p className="subscriptions-address">{t.rich('subscriptions.centre.address', { address: () => <bdi>{address}</bdi> })}</p>
      {pause && <section className="notice"><p>{t(`subscriptions.pause.${pause}`)}</p><ResumeForm token={token} act={change} /></section>}
      {!isConfirmed && !isNothing && <p className="notice">{t.rich('subscriptions.centre.unconfirmed', { confirm: (words) => <a href={`/subscriptions/${token}/confirm`}>{words}</a> })}</p>}
      {isNothing && <p>{t('subscriptions.centre.nothing')}</p>}
      {isConfirmed && (
        <>
          <section aria-labelledby="subscriptions-posts">
            <h2 id="subscriptions-posts">{t('subscriptions.centre.posts')}</h2>
            <PostsForm token={token} frequency={posts} act={change} />
          </section>
          {threads.length > 0 && (
            <section aria-labelledby="subscriptions-threads">
              <h2 id="subscriptions-threads">{t('subscriptions.centre.threads')}</h2>
              <ul className="subscriptions-threads">
                {threads.map((thread) => <li key={thread.postId}><ThreadForm token={token} thread={thread} act={change} /></li>)}
              </ul>
            </section>
          )}
        </>
      )}
      {!isNothing && (
        <section aria-labelledby="subscriptions-all">
          <h2 id="subscriptions-all">{t('subscriptions.centre.all')}</h2>
          <p>{t('subscriptions.centre.allHint')}</p>
          <LeaveForm token={token} what="all" label={t('subscriptions.centre.leaveAll')} act={change} />
        </section>
      )}
    </div>
  );
}

