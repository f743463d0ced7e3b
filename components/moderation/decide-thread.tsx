import { Time } from '@/components/ui/time';
import type { DecisionPage, ThreadComment } from '@/lib/moderation/decision-page';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

type Props = { view: DecisionPage; site: SiteLocale };

/** Where the comment stands: what it answers, and what stands beside it. */
export function DecideThread({ view: { parent, before, after }, site }: Props) {
  const beside = [...before, ...after];
  return (
    <>
      {parent && (
        <section className="decide-parent" aria-label={t('moderation.decide.inReplyTo', { name: parent.name })}>
          <p className="decide-head">{t.rich('moderation.decide.inReplyToAt', { name: parent.name, at: () => <Time at={parent.createdAt} site={site} /> })}</p>
          <p>{parent.text}</p>
        </section>
      )}
      {beside.length > 0 && (
        <details className="decide-beside">
          <summary>{t('moderation.decide.beside', { count: beside.length })}</summary>
          <ol>{beside.map((comment) => <li key={comment.id}><Beside comment={comment} site={site} /></li>)}</ol>
        </details>
      )}
    </>
  );
}

function Beside({ comment: { name, text, createdAt }, site }: { comment: ThreadComment; site: SiteLocale }) {
  return (
    <>
      <p className="decide-head">{name}, <Time at={createdAt} site={site} /></p>
      <p>{text}</p>
    </>
  );
}
