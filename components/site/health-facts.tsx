import type { ReactNode } from 'react';
import { LoginLastUse } from '@/components/identity/login-last-use';
import { Time } from '@/components/ui/time';
import { PROVIDER_BUTTONS } from '@/lib/identity/schema';
import { queuePath } from '@/lib/moderation/rules';
import type { HealthFacts } from '@/lib/site/health';
import type { SiteLocale } from '@/lib/site/schema';
import { sizeText } from '@/lib/size-text';
import { t } from '@/lib/words/t';

type Props = { facts: HealthFacts; site: SiteLocale };

const OUTBOX = '/admin/outbox';
const small = (words: ReactNode) => <small>{words}</small>;
const outbox = (words: ReactNode) => <a href={OUTBOX}>{words}</a>;

/** What the database says: of mails, comments that wait, jobs, ways to sign in, and of itself. */
export function HealthFactList({ facts: { database, mail, heldSince, jobs, undone, logins, media }, site }: Props) {
  const sizeOf = (bytes: number) => sizeText(bytes, site.language);
  return (
    <>
      <Fact name={t('site.health.lastSent')}>{mail.lastSentAt ? <Time at={mail.lastSentAt} site={site} withClock /> : t('site.health.noMail')}</Fact>
      <Fact name={t('site.health.lastFailed')}>{mail.lastFailed ? <><Time at={mail.lastFailed.at} site={site} withClock />: {mail.lastFailed.why}</> : t('site.health.noFailure')}</Fact>
      <Fact name={t('site.health.held')}>
        {heldSince ? t.rich('site.health.heldSince', { link: (words) => <a href={queuePath({ queue: 'pending' }, 'oldest')}>{words}</a>, time: () => <Time at={heldSince} site={site} withClock /> }) : t('site.health.noneHeld')}
      </Fact>
      <Fact name={t('site.health.jobs')}>
        {jobs.length === 0 ? t('site.health.noJobs') : <ul>{jobs.map(({ name, due, later }) => <li key={name}>{jobsText(t(`notifications.jobs.${name}`), due, later)}</li>)}</ul>}
      </Fact>
      <Fact name={t('site.health.undone')}>
        {undone.length === 0 ? t('site.health.noJobs') : (
          <>
            <ul>{undone.map(({ name, count }) => <li key={name}>{t('site.health.undoneOf', { what: t(`notifications.jobs.${name}`), count })}</li>)}</ul>
            {t.rich('site.health.toOutbox', { link: outbox })}
          </>
        )}
      </Fact>
      {logins.map(({ provider, state }) => <Fact key={provider} name={PROVIDER_BUTTONS[provider]}><LoginLastUse state={state} site={site} /></Fact>)}
      <Fact name={t('site.health.database')}>
        {t.rich('site.health.databaseIs', { size: sizeOf(database.bytes), version: database.version, ms: database.answerMs, used: database.connections, most: database.connectionsMost, small })}
      </Fact>
      <Fact name={t('site.health.media')}>{t.rich('site.health.mediaFiles', { size: sizeOf(media.bytes), count: media.files, small })}</Fact>
    </>
  );
}

function jobsText(what: string, due: number, later: number): string {
  if (later === 0) return t('site.health.jobsNow', { what, due });
  return due === 0 ? t('site.health.jobsLater', { what, later }) : t('site.health.jobsBoth', { what, due, later });
}

/** One fact: its name, and how it is. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}
