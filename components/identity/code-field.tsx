import { Button } from '@/components/ui/button';
import { SIGN_IN_CODE_DIGITS, SIGN_IN_LINK_MINUTES } from '@/lib/identity/schema';
import { t } from '@/lib/words/t';

type Props = {
  /** The address that the mail went to. */
  sentTo: string;
  error: string | undefined;
};

/** What is said after a sign-in link was sent, and where its short code is typed. Inside a form whose action reads `intent`. */
export function CodeField({ sentTo, error }: Props) {
  return (
    <div className="identity-code">
      <p className="form-status" role="status" id="box-code-said">
        {t.rich('identity.code.sent', { address: sentTo, minutes: String(SIGN_IN_LINK_MINUTES), strong: (chunks) => <strong>{chunks}</strong> })}
      </p>
      <div className={error ? 'field field--wrong' : 'field'}>
        <label htmlFor="box-code">{t('identity.code.label')}</label>
        <input id="box-code" name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={SIGN_IN_CODE_DIGITS + 4} aria-describedby={error ? 'box-code-error box-code-said' : 'box-code-said'} aria-invalid={error ? true : undefined} />
        {error && (
          <p className="field-error" id="box-code-error">
            {error}
          </p>
        )}
      </div>
      <Button quiet name="intent" value="code">
        {t('identity.code.signIn')}
      </Button>
    </div>
  );
}
