import { Check, Circle } from 'lucide-react';
import type { ReactNode } from 'react';
import { newPagePath, progressOf, type FirstStepsView, type StepPage } from '@/lib/site/step-views';
import { listed } from '@/lib/words/listed';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { StepForm, type StepAction } from './first-steps-form';

export type StepActions = { removeSample: StepAction; sendTestMail: StepAction; hide: () => Promise<void> };

type Props = { steps: FirstStepsView; actions: StepActions };

/** What there is to do on a new blog. Each tick is what the blog knows, not what somebody has said. */
export function FirstSteps({ steps, actions }: Props) {
  const { done, of } = progressOf(steps);
  const { name, sample, mail } = steps;
  return (
    <section className="first-steps" aria-labelledby="first-steps-title">
      <header className="first-steps-head">
        <h2 id="first-steps-title">{t('site.steps.heading')}</h2>
        <p className="first-steps-progress"><progress value={done} max={of} aria-hidden="true" /> {t('site.steps.progress', { done, count: of })}</p>
        <form action={actions.hide}><Button quiet>{t('site.steps.hide')}</Button></form>
      </header>
      <ol className="first-steps-list">
        <Step isDone={name.isDone} title={t('site.steps.name')} words={name.author ? t('site.steps.nameNow', name) : t('site.steps.namelessNow', name)}>
          <a href="/admin/settings#name">{t('site.steps.nameSettings')}</a> <a href="/account">{t('site.steps.ownName')}</a>
        </Step>
        <Step isDone={steps.import.isDone} title={t('site.steps.bring')} words={t('site.steps.bringHow')}>
          <a href="/admin/moving">{t('site.steps.upload')}</a>
        </Step>
        <Step isDone={sample.isDone} title={t('site.sample.heading')} words={sampleWords(sample)}>
          <StepForm action={actions.removeSample} label={t('site.sample.remove')} isDone={sample.isDone} />
        </Step>
        <Step isDone={steps.pages.isDone} title={t('site.steps.pages')} words={t('site.steps.pagesWhy')}>
          <PageLink page={steps.pages.about} slug="about" /> <PageLink page={steps.pages.privacy} slug="privacy" />
        </Step>
        <Step isDone={mail.isDone} title={t('site.testMail.heading')} words={<MailWords mail={mail} />}>
          <StepForm action={actions.sendTestMail} label={mail.state ? t('site.testMail.another') : t('site.testMail.send')} isDone={mail.isDone} />
          {mail.state && <a href="/admin/outbox">{t('site.testMail.outbox')}</a>}
        </Step>
        <Step isDone={steps.moderator.isDone} title={t('site.steps.moderator')} words={t('site.steps.moderatorWhy')}>
          <a href="/admin/people">{t('site.steps.invite')}</a>
        </Step>
        <Step isDone={steps.download.isDone} title={t('site.steps.download')} words={t('site.steps.downloadWhy')}>
          <a href="/admin/moving#moving-backups">{t('site.steps.backups')}</a>
        </Step>
      </ol>
    </section>
  );
}

function Step({ isDone, title, words, children }: { isDone: boolean; title: string; words: ReactNode; children: ReactNode }) {
  return (
    <li className={isDone ? 'first-step first-step--done' : 'first-step'}>
      {isDone ? <Check className="first-step-mark" aria-hidden /> : <Circle className="first-step-mark" aria-hidden />}
      <div>
        <h3>{title} <span className="sr-only">{isDone ? t('site.steps.isDone') : t('site.steps.toDo')}</span></h3>
        <p>{words}</p>
        <div className="first-step-acts">{children}</div>
      </div>
    </li>
  );
}

function sampleWords({ count, kept }: FirstStepsView['sample']): string {
  const came = count > 0 ? t('site.sample.cameWithBlog', { count }) : kept.length === 0 ? t('site.sample.noneLeft') : t('site.sample.noneUnanswered');
  if (kept.length === 0) return came;
  const titles = listed(kept.map(({ title }) => t('site.sample.quoted', { title })));
  return `${came} ${t('site.sample.stays', { titles, count: kept.length })}`;
}

/** To the page at this address, or to a new one: the blog knows it by its address, whatever its title will be. */
function PageLink({ page, slug }: { page: StepPage; slug: 'about' | 'privacy' }) {
  const title = t(`site.steps.${slug}`);
  if (!page.id) return <a href={newPagePath(title, slug)}>{t('site.steps.writePage', { title })}</a>;
  return <a href={`/admin/posts/${page.id}`}>{page.isDone ? t('site.steps.pageDone', { title }) : t('site.steps.editPage', { title })}</a>;
}

function MailWords({ mail: { isDone, address, hasServer, state, failure } }: { mail: FirstStepsView['mail'] }) {
  if (isDone) return t('site.testMail.leaves');
  if (!hasServer) return t.rich('site.testMail.noServer', { outbox: (words) => <a href="/admin/outbox">{words}</a>, code: (words) => <code>{words}</code> });
  if (failure) return t('site.testMail.failed', { address, failure });
  return state === 'waiting' ? t('site.testMail.onItsWay', { address }) : t('site.testMail.why', { address });
}
