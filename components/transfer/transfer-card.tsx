import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { Time } from '@/components/ui/time';
import type { SiteLocale } from '@/lib/site/schema';
import { sizeText } from '@/lib/size-text';
import { kindOfSource, percentOf, stepOf, type MovingAct, type TransferView } from '@/lib/transfer/desk/moving';
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

/** What stands above the card in each state. */
export const HEADINGS: Record<TransferView['state'], string> = {
  uploading: 'Part of a file is here',
  checking: 'Checking the file',
  checked: 'Ready to come in',
  importing: 'Your blog is moving in',
  done: 'Your blog has moved in',
  failed: 'That did not work',
  cancelled: 'Cancelled',
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
  const kept = <p className="moving-small">The file is kept until <Time at={new Date(transfer.keptUntil)} site={site} withClock />.</p>;
  switch (state) {
    case 'uploading': return (
      <>
        <MovingProgress words="Arrived so far" percent={percentOf(received, bytes)} detail={`${sizeText(received, site.language)} of ${sizeText(bytes, site.language)}`} />
        <p>Choose the same file again, and it goes on where it stopped.</p>
        {children}
        {kept}
        {act([['discard', 'Remove what has arrived']])}
      </>
    );
    case 'checking': case 'importing': return <Running transfer={transfer}>{act([['stop', 'Cancel']])}</Running>;
    case 'checked': return (
      <>
        {report && <p>{said(report.source)} Nothing has changed yet.</p>}
        {report && (
          <ImportReport report={report} language={site.language}>
            {act([['start', 'Import'], ['discard', 'Remove the file']], (
              <div>
                <Check name="withMedia" label="Copy pictures too" defaultChecked />
                <p className="moving-small">They are fetched from the old blog and kept here. Keep the old blog open until that is done.</p>
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
        {act([['again', 'Begin again'], ['discard', 'Remove the file']])}
      </>
    );
    case 'cancelled': return (
      <>
        <p>Nothing came in. Pictures that were copied already are kept, so that another try is quicker.</p>
        {kept}
        {act([['again', 'Begin again'], ['discard', 'Remove the file']])}
      </>
    );
    case 'done': return (
      <>
        {report && (
          <ImportReport report={report} language={site.language}>
            <p className="moving-links"><a href="/">View the blog</a> <a href="/admin/posts">Posts</a> <a href="/admin/comments">Comments</a></p>
            {act([['discard', 'Bring another file']])}
          </ImportReport>
        )}
      </>
    );
  }
}

function Running({ transfer: { state, isStopping, progress }, children }: { transfer: TransferView; children: ReactNode }) {
  const { words, percent } = stepOf(progress);
  return (
    <>
      <MovingProgress words={isStopping ? 'Cancelling' : words} percent={isStopping ? null : percent} />
      <p>{state === 'checking' ? 'Nothing changes yet.' : 'Readers see nothing of it until all is in.'} You can close this page: it goes on, and this page shows how far it is.</p>
      <noscript><p className="moving-small">Load the page again to see how far it is.</p></noscript>
      {!isStopping && children}
    </>
  );
}

function said(source: string): ReactNode {
  const { kind, blog } = kindOfSource(source);
  return <>This is {kind}{blog && <>, from <strong>{blog}</strong></>}.</>;
}
