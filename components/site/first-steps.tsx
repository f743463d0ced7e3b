import { Check, Circle } from 'lucide-react';
import type { ReactNode } from 'react';
import { progressOf, type FirstStepsView, type StepPage } from '@/lib/site/step-views';
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
        <h2 id="first-steps-title">First steps</h2>
        <p className="first-steps-progress"><progress value={done} max={of} aria-hidden="true" /> {done} of {of} done</p>
        <form action={actions.hide}><Button quiet>Hide these steps</Button></form>
      </header>
      <ol className="first-steps-list">
        <Step isDone={name.isDone} title="Name your blog" words={<>It is called “{name.title}”, and readers see you as {name.author || 'somebody without a name'}.</>}>
          <a href="/admin/settings#name">Settings: name</a> <a href="/account">Your own name</a>
        </Step>
        <Step isDone={steps.import.isDone} title="Bring your old blog" words="Upload an export of WordPress, Blogger or Ghost, and see a table of what would come in before anything does.">
          <a href="/admin/moving">Upload an export</a>
        </Step>
        <Step isDone={sample.isDone} title="Remove the sample posts" words={sampleWords(sample)}>
          <StepForm action={actions.removeSample} label="Remove the sample posts" isDone={sample.isDone} />
        </Step>
        <Step isDone={steps.pages.isDone} title="Write About and Privacy" words="Two pages: who you are, and what becomes of what readers leave here. Until you have written your own, Privacy says what this blog keeps.">
          <PageLink page={steps.pages.about} title="About" /> <PageLink page={steps.pages.privacy} title="Privacy" />
        </Step>
        <Step isDone={mail.isDone} title="Send a test mail" words={<MailWords mail={mail} />}>
          <StepForm action={actions.sendTestMail} label={mail.state ? 'Send another' : 'Send a test mail'} isDone={mail.isDone} />
          {mail.state && <a href="/admin/outbox">Outbox</a>}
        </Step>
        <Step isDone={steps.moderator.isDone} title="Invite a moderator" words="Somebody who reads comments with you, and for you when you are away.">
          <a href="/admin/people">Invite somebody</a>
        </Step>
        <Step isDone={steps.download.isDone} title="Download everything" words="A backup holds all of it: posts, comments, people, settings and pictures. Take one along, so that you know how.">
          <a href="/admin/moving#moving-backups">Backups</a>
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
        <h3>{title} <span className="sr-only">{isDone ? '(done)' : '(to do)'}</span></h3>
        <p>{words}</p>
        <div className="first-step-acts">{children}</div>
      </div>
    </li>
  );
}

function sampleWords({ count, kept }: FirstStepsView['sample']): string {
  const names = new Intl.ListFormat('en-GB').format(kept.map(({ title }) => `“${title}”`));
  const stays = kept.length === 0 ? '' : ` ${names} ${kept.length === 1 ? 'stays' : 'stay'}: a reader has written there, or somebody is changing it. You can put it in the trash in Posts.`;
  if (count === 0) return `No sample is left${kept.length === 0 ? '.' : ' that nobody has written under.'}${stays}`;
  return `${count === 1 ? 'One post or page' : `${count} posts and pages`} came with the blog, with made-up comments. They go at once and do not come back; your first import takes them away, too.${stays}`;
}

function PageLink({ page, title }: { page: StepPage; title: string }) {
  const href = page.id ? `/admin/posts/${page.id}` : `/admin/posts/new?kind=page&title=${title}`;
  return <a href={href}>{page.isDone ? `${title}: done` : page.id ? `Edit ${title}` : `Write ${title}`}</a>;
}

function MailWords({ mail: { isDone, address, hasServer, state, failure } }: { mail: FirstStepsView['mail'] }) {
  if (isDone) return <>Mail leaves your blog.</>;
  if (!hasServer) return <>No mail server is set: mail is kept in the <a href="/admin/outbox">Outbox</a> and nobody gets it. Whoever runs the machine sets one as <code>SMTP_URL</code> in the file <code>.env</code>.</>;
  if (failure) return <>The mail to {address} could not be sent: {failure}</>;
  return state === 'waiting' ? <>The mail to {address} is on its way. Load this page anew in a moment.</> : <>To {address}, so that you know that readers get their sign-in links.</>;
}
