import { QueueRail } from '@/components/moderation/queue-rail';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { SettingsState } from '@/lib/site/schema';
import type { FollowersView } from '@/lib/subscriptions/followers';
import type { BringState } from '@/lib/subscriptions/bringing';
import { SAMPLE_KINDS } from '@/lib/subscriptions/sample-kinds';
import { t } from '@/lib/words/t';
import { BringListForm, TestPostForm, WholePostsForm } from './followers-form';

type Save = (state: SettingsState, form: FormData) => Promise<SettingsState>;

type Props = {
  followers: FollowersView;
  language: string;
  counts: Record<Queue, number>;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
  saveWhole: Save;
  test: Save;
  bring: (state: BringState, form: FormData) => Promise<BringState>;
};

const COUNTS = ['instant', 'daily', 'weekly', 'ofComments', 'imported', 'waiting', 'left', 'bounced', 'complained'] as const;

/** Who follows the blog, in numbers; what they are sent; and how a list is brought along. */
export function FollowersScreen({ followers, language, counts, person, signOut, saveWhole, test, bring }: Props) {
  const number = new Intl.NumberFormat(language);
  return (
    <div className="desk">
      <QueueRail here="followers" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="health" tabIndex={-1}>
        <h1>{t('subscriptions.followers.heading')}</h1>
        <section className="settings-section" aria-labelledby="followers-counts">
          <h2 id="followers-counts">{t('subscriptions.followers.counts')}</h2>
          <dl className="health-facts">
            {COUNTS.map((name) => <div key={name}><dt>{t(`subscriptions.followers.${name}`)}</dt><dd>{number.format(followers[name])}</dd></div>)}
          </dl>
        </section>
        <WholePostsForm isWhole={followers.mailsWholePosts} save={saveWhole} />
        <TestPostForm address={followers.ownAddress} send={test} />
        <section className="settings-section" aria-labelledby="followers-samples">
          <h2 id="followers-samples">{t('subscriptions.samples.heading')}</h2>
          <p className="field-hint">{t('subscriptions.samples.hint')}</p>
          <ul className="followers-samples">
            {SAMPLE_KINDS.map((kind) => (
              <li key={kind}>
                <a href={`/admin/mails/${kind}`}>{t(`subscriptions.sampleKinds.${kind}`)}</a> <a href={`/admin/mails/${kind}?as=text`} aria-label={t('subscriptions.samples.asTextOf', { mail: t(`subscriptions.sampleKinds.${kind}`) })}>{t('subscriptions.samples.asText')}</a>
              </li>
            ))}
          </ul>
        </section>
        <BringListForm bring={bring} language={language} />
        <section className="settings-section" aria-labelledby="followers-events">
          <h2 id="followers-events">{t('subscriptions.followers.events')}</h2>
          <p className="field-hint">{t('subscriptions.followers.eventsHint')}</p>
          <p><code className="followers-address">{followers.eventsAddress}</code></p>
        </section>
      </main>
    </div>
  );
}
