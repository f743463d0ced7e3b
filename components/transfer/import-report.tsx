import type { ReactNode } from 'react';
import { lineAt, lineText } from '@/lib/transfer/readers/file-lines';
import type { ImportReport as Report, ReportNote } from '@/lib/transfer/schema';
import { t } from '@/lib/words/t';

type Props = {
  report: Report;
  language: string;
  /** What is to be done next: between the table and the list, which may be long. */
  children?: ReactNode;
};

/** What would come in or came in, as a table, and below it what could not be used as it stood and why. */
export function ImportReport({ report, language, children }: Props) {
  const count = new Intl.NumberFormat(language);
  const notes = [...report.notes].sort((one, other) => other.count - one.count);
  return (
    <>
      <div className="moving-scroll">
        <table className="moving-table">
          <caption>{report.dryRun ? t('transfer.report.wouldComeInCaption') : t('transfer.report.cameInCaption')}</caption>
          <thead>
            <tr>
              <th scope="col"><span className="moving-hidden">{t('transfer.report.kind')}</span></th>
              <th scope="col">{report.dryRun ? t('transfer.report.wouldComeIn') : t('transfer.report.cameIn')}</th>
              <th scope="col">{t('transfer.report.alreadyHere')}</th>
              <th scope="col">{t('transfer.report.skipped')}</th>
            </tr>
          </thead>
          <tbody>
            {report.rows.map(({ kind, cameIn, alreadyHere, skipped }) => (
              <tr key={kind}>
                <th scope="row">{t(`transfer.kinds.${kind}`)}</th>
                {[cameIn, alreadyHere, skipped].map((number, column) => <td key={column} className={number === 0 ? 'moving-none' : undefined}>{count.format(number)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {children}
      {notes.length === 0 && <p>{t('transfer.report.allUsable')}</p>}
      {notes.length > 0 && (
        <section aria-labelledby="moving-notes">
          <h4 id="moving-notes">{t('transfer.report.notesHeading')}</h4>
          <ul className="moving-notes">
            {notes.map((note) => <li key={note.reason}><Note note={note} count={count} /></li>)}
          </ul>
        </section>
      )}
    </>
  );
}

/** Of a line of another file than the first, the file too: an export may come in several. */
function Line({ place, count }: { place: number; count: Intl.NumberFormat }) {
  const { line, file } = lineAt(place);
  return <small>{lineText(file, count.format(line))}</small>;
}

function Note({ note: { reason, count: total, examples }, count }: { note: ReportNote; count: Intl.NumberFormat }) {
  const more = total - examples.length;
  return (
    <details>
      <summary>
        <span>{reason}</span> <strong>{count.format(total)}</strong>
      </summary>
      <ul>
        {examples.map(({ line, what }, index) => (
          <li key={index}>
            {what} {line !== null && <Line place={line} count={count} />}
          </li>
        ))}
        {more > 0 && <li><small>{t('transfer.report.more', { count: count.format(more) })}</small></li>}
      </ul>
    </details>
  );
}
