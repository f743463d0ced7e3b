import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { Time } from '@/components/ui/time';
import type { SiteLocale } from '@/lib/site/schema';
import { sizeText } from '@/lib/size-text';
import { kindOfSource, percentOf, stepOf, type MovingAct, type TransferView } from '@/lib/transfer/desk/moving';
import { t } from '@/lib/words/t';
import { ImportReport } from './import-report';
import { MovingProgress } from './moving-progress';

type Props = {
  transfer: TransferView;
  site: SiteLocale;
  action: (form: FormData) => void;
  isPending: boolean;
  /** The way to go on with a file of which a part is here. */
  children: ReactNode;
};

/** A file of the old blog, and what is to be done with it next. */
export function TransferCard({ transfer, site, action, isPending, children }: Props) {
  const { id, state, report, message, bytes, received } = transfer;
  const act = (acts: [MovingAct, string][], before?: ReactNode) => (
    <form action={action} className="moving-acts">
      <input type="hidden" name="id" value={id} />
      {before}
      <div className="moving-buttons">
        {acts.map(([name, words], index) => <Button key={name} name="act" value={name} quiet={index > 0 || name === 'stop' || name === 'discard'} disabled={isPending}>{words}</Button>)}
      </div>
    </form>
  );
  const kept = <p className="moving-small">{t.rich('transfer.card.keptUntil', { time: () => <Time at={new Date(transfer.keptUntil)} site={site} withClock /> })}</p>;
  switch (state) {
    case 'uploading': return (
      <>
        <MovingProgress words={t('transfer.card.arrived')} percent={percentOf(received, bytes)} detail={t('transfer.sending.partOf', { done: sizeText(received, site.language), total: sizeText(bytes, site.language) })} />
        <p>{t('transfer.card.sameAgain')}</p>
        {children}
        {kept}
        {act([['discard', t('transfer.acts.removeArrived')]])}
      </>
    );
    case 'checking': case 'importing': return <Running transfer={transfer}>{act([['stop', t('transfer.acts.cancel')]])}</Running>;
    case 'checked': return (
      <>
        {report && <p>{said(report.source)} {t('transfer.card.unchanged')}</p>}
        {report && (
          <ImportReport report={report} language={site.language}>
            {act([['start', t('transfer.acts.import')], ['discard', t('transfer.acts.remove')]], (
              <div>
                <Check name="withMedia" label={t('transfer.card.copyPictures')} defaultChecked />
                <p className="moving-small">{t('transfer.card.copyPicturesHint')}</p>
              </div>
            ))}
            {kept}
          </ImportReport>
        )}
      </>
    );
    case 'failed': return (
      <>
        <p role="alert" className="moving-failure">{message}</p>
        {kept}
        {act([['again', t('transfer.acts.again')], ['discard', t('transfer.acts.remove')]])}
      </>
    );
    case 'cancelled': return (
      <>
        <p>{t('transfer.card.nothingCameIn')}</p>
        {kept}
        {act([['again', t('transfer.acts.again')], ['discard', t('transfer.acts.remove')]])}
      </>
    );
    case 'done': return (
      <>
        {report && (
          <ImportReport report={report} language={site.language}>
            <p className="moving-links"><a href="/">{t('transfer.card.viewBlog')}</a> <a href="/admin/posts">{t('transfer.card.posts')}</a> <a href="/admin/comments">{t('transfer.card.comments')}</a></p>
            {act([['discard', t('transfer.acts.another')]])}
          </ImportReport>
        )}
      </>
    );
  }
}

function Running({ transfer: { state, isStopping, progress }, children }: { transfer: TransferView; children: ReactNode }) {
  const { step, percent } = stepOf(progress);
  return (
    <>
      <MovingProgress words={isStopping ? t('transfer.steps.cancelling') : t(`transfer.steps.${step}`)} percent={isStopping ? null : percent} />
      <p>{state === 'checking' ? t('transfer.card.nothingChanges') : t('transfer.card.readersSeeNothing')} {t('transfer.card.mayClose')}</p>
      <noscript><p className="moving-small">{t('transfer.card.loadAgain')}</p></noscript>
      {!isStopping && children}
    </>
  );
}

function said(source: string): ReactNode {
  const { kind, blog } = kindOfSource(source);
  return blog ? t.rich(`transfer.sourceFrom.${kind}`, { blog, strong: (chunks) => <strong>{chunks}</strong> }) : t(`transfer.source.${kind}`);
}
