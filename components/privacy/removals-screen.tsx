import type { ReactNode } from 'react';
import { QueueRail } from '@/components/moderation/queue-rail';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { RemovalCard } from '@/lib/privacy/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { AnswerForm, type AnswerAct } from './answer-form';

type Props = {
  removals: { waiting: RemovalCard[]; answered: RemovalCard[] };
  site: SiteLocale;
  counts: Record<Queue, number>;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
  answer: AnswerAct;
};

/** What people who are written about want taken down: those that wait, the one that is due first at the head, and what was answered. */
export function RemovalsScreen({ removals: { waiting, answered }, site, counts, person, signOut, answer }: Props) {
  return (
    <div className="desk">
      <QueueRail here="removals" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="health" tabIndex={-1}>
        <h1>{t('privacy.desk.heading')}</h1>
        <p>{t('privacy.desk.hint')}</p>
        {waiting.length === 0 && <EmptyState>{t('privacy.desk.none')}</EmptyState>}
        {waiting.map((removal) => (
          <Request key={removal.id} removal={removal} site={site} level="h2">
            <AnswerForm id={removal.id} isMailed={removal.isProven} act={answer} />
          </Request>
        ))}
        {answered.length > 0 && <h2 className="removals-answered">{t('privacy.desk.answeredHeading')}</h2>}
        {answered.map((removal) => (
          <Request key={removal.id} removal={removal} site={site} level="h3">
            {removal.outcome && removal.answeredAt && <p><strong>{t(`privacy.outcomes.${removal.outcome}`)}</strong> {removal.answeredBy} <Time at={removal.answeredAt} site={site} /></p>}
            <p className="privacy-words" dir="auto">{removal.answer}</p>
          </Request>
        ))}
      </main>
    </div>
  );
}

function Request({ removal: { id, name, email, place, path, words, createdAt, dueAt, daysLeft, outcome }, site, level: Heading, children }: { removal: RemovalCard; site: SiteLocale; level: 'h2' | 'h3'; children: ReactNode }) {
  const isLate = daysLeft < 0;
  return (
    <article className="settings-card removal" aria-labelledby={`removal-${id}`}>
      <Heading id={`removal-${id}`} className="removal-place privacy-words" dir="auto">{path === null ? place : <a href={path}>{place}</a>}</Heading>
      <p className="field-hint">{t.rich('privacy.desk.by', { name: () => <bdi>{name ?? t('privacy.desk.noName')}</bdi>, time: () => <Time at={createdAt} site={site} /> })} {email !== null && <bdi>{email}</bdi>}</p>
      {outcome === null && <p className={isLate ? 'removal-late' : undefined}>{t.rich(isLate ? 'privacy.desk.late' : 'privacy.desk.due', { days: Math.max(0, daysLeft), time: () => <Time at={dueAt} site={site} /> })}</p>}
      <p className="privacy-words" dir="auto">{words}</p>
      {children}
    </article>
  );
}
