import { Button } from '@/components/ui/button';
import { SIGN_IN_CODE_DIGITS, SIGN_IN_LINK_MINUTES } from '@/lib/identity/schema';

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
        <strong>A sign-in link is on its way to {sentTo}.</strong> Open it in this browser, or type the code from the mail here. Both work once, for {SIGN_IN_LINK_MINUTES} minutes.
      </p>
      <div className={error ? 'field field--wrong' : 'field'}>
        <label htmlFor="box-code">Code from the mail</label>
        <input id="box-code" name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={SIGN_IN_CODE_DIGITS + 4} aria-describedby={error ? 'box-code-error box-code-said' : 'box-code-said'} aria-invalid={error ? true : undefined} />
        {error && (
          <p className="field-error" id="box-code-error">
            {error}
          </p>
        )}
      </div>
      <Button quiet name="intent" value="code">
        Sign in with this code
      </Button>
    </div>
  );
}
