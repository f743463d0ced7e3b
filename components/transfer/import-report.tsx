import type { ReactNode } from 'react';
import { lineAt } from '@/lib/transfer/readers/file-lines';
import type { ImportReport as Report, ReportNote } from '@/lib/transfer/schema';

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
          <caption>{report.dryRun ? 'What would come in' : 'What came in'}</caption>
          <thead>
            <tr>
              <th scope="col"><span className="moving-hidden">Kind</span></th>
              <th scope="col">{report.dryRun ? 'Would come in' : 'Came in'}</th>
              <th scope="col">Already here</th>
              <th scope="col">Skipped</th>
            </tr>
          </thead>
          <tbody>
            {report.rows.map(({ kind, cameIn, alreadyHere, skipped }) => (
              <tr key={kind}>
                <th scope="row">{kind}</th>
                {[cameIn, alreadyHere, skipped].map((number, column) => <td key={column} className={number === 0 ? 'moving-none' : undefined}>{count.format(number)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {children}
      {notes.length === 0 && <p>Everything can be used as it stands.</p>}
      {notes.length > 0 && (
        <section aria-labelledby="moving-notes">
          <h4 id="moving-notes">What could not be used as it stood, and why</h4>
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
  return <small>line {count.format(line)}{file > 1 && ` of file ${file}`}</small>;
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
        {more > 0 && <li><small>… and {count.format(more)} more</small></li>}
      </ul>
    </details>
  );
}
