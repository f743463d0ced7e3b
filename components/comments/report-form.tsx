'use client';
// For the server alone, so that it can render useActionState: readers' browsers never get this file.

import { useActionState } from 'react';
import { NO_REPORT, type EnteredReport, type ReportState } from '@/lib/moderation/report-form';
import type { ReportPageView } from '@/lib/moderation/reports';
import { reportName } from '@/lib/moderation/rules';
import { REPORT_REASONS, REPORT_WORDS_MAX_CHARACTERS } from '@/lib/moderation/schema';
import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { Field } from '@/components/ui/field';
import { t } from '@/lib/words/t';

type Props = {
  action: (state: ReportState, form: FormData) => Promise<ReportState>;
  report: Pick<ReportPageView, 'id' | 'outcome' | 'isKnown' | 'isByViewer' | 'mayBeTold'>;
};

/** The form of a report: a plain form that works by itself; once it is sent, what became of it. */
export function ReportForm({ action, report: { id, outcome, isKnown, isByViewer, mayBeTold } }: Props) {
  const [{ message, fields, entered }, send] = useActionState(action, NO_REPORT);
  return (
    <>
      {message && Object.keys(fields).length === 0 && <p className="form-alert" role="alert">{message}</p>}
      {outcome && <p className="form-status" role="status">{t(`comments.report.outcomes.${outcome}`)}</p>}
      {outcome === 'waiting' && isKnown && <p className="report-note">{t('comments.report.comeBack')}</p>}
      {!outcome && isByViewer && <p className="notice">{t('comments.report.isYours')}</p>}
      {!outcome && !isByViewer && (
        <form action={send} className="report-form" noValidate>
          <input type="hidden" name="comment" value={id} />
          <Reasons chosen={entered.reason} error={fields.reason} />
          <Field
            id="report-words" name="words" label={t('comments.report.words')} multiline rows={3}
            maxLength={REPORT_WORDS_MAX_CHARACTERS} defaultValue={entered.words} error={fields.words} autoFocus={Boolean(fields.words) && !fields.reason}
          />
          <Outcome mayBeTold={mayBeTold} entered={entered} />
          <Button>{t('comments.report.send')}</Button>
        </form>
      )}
    </>
  );
}

function Reasons({ chosen, error }: { chosen: string; error?: string }) {
  return (
    <fieldset className="report-reasons" aria-describedby={error ? 'report-reason-error' : undefined}>
      <legend>{t('comments.report.reason')}</legend>
      {error && <p className="field-error" id="report-reason-error" role="alert">{error}</p>}
      {REPORT_REASONS.map((reason, index) => (
        <label className="check" key={reason}>
          <input type="radio" name="reason" value={reason} required defaultChecked={chosen === reason} autoFocus={Boolean(error) && index === 0} />
          <span>{reportName(reason)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** How one learns what becomes of it. */
function Outcome({ mayBeTold, entered }: { mayBeTold: boolean; entered: EnteredReport }) {
  if (mayBeTold) return <Check name="tellOutcome" label={t('comments.report.tellMe')} defaultChecked={entered.tellOutcome} />;
  return <p className="report-note">{t('comments.report.comeBackHere')}</p>;
}
