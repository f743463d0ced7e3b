import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { Field } from '@/components/ui/field';
import type { BoxIdentity, EnteredComment } from '@/lib/comments/box';
import { EMAIL_MAX_CHARACTERS, NAME_MAX_CHARACTERS, WEBSITE_MAX_CHARACTERS } from '@/lib/comments/schema';
import type { Provider } from '@/lib/identity/schema';
import { CodeField } from './code-field';
import { ProviderButtons } from './provider-buttons';

type Props = {
  identity: Extract<BoxIdentity, { kind: 'guest' }>;
  offered: readonly Provider[];
  entered: EnteredComment;
  fields: Record<string, string>;
};

/** Who is speaking, while nobody has signed in: the ways to do so, and a guest's details. */
export function GuestIdentity({ identity: { sentTo, insteadOf }, offered, entered, fields }: Props) {
  return (
    <fieldset className="identity" data-identity="guest">
      <legend>{offered.length > 0 ? 'Fill in your details below or click an icon to log in' : 'Fill in your details below'}</legend>
      {insteadOf !== null && (
        <p className="identity-instead">
          <input type="hidden" name="as" value="guest" />
          <span>You are still signed in as {insteadOf}.</span>{' '}
          <Button quiet name="intent" value="stay">
            {`Keep writing as ${insteadOf}`}
          </Button>
        </p>
      )}
      <ProviderButtons offered={offered} />
      <div className="field-row">
        <Field id="box-email" name="email" type="email" label="Email (required)" hint="Address never made public" required maxLength={EMAIL_MAX_CHARACTERS} autoComplete="email" defaultValue={entered.email} error={fields.email} />
        <Field id="box-name" name="name" label="Name (required)" required maxLength={NAME_MAX_CHARACTERS} autoComplete="name" defaultValue={entered.name} error={fields.name} />
        <Field id="box-website" name="website" type="url" label="Website (optional)" maxLength={WEBSITE_MAX_CHARACTERS} autoComplete="url" defaultValue={entered.website} error={fields.website} />
      </div>
      {sentTo !== null && <CodeField sentTo={sentTo} error={fields.code} />}
      <div className="identity-mail">
        <Button quiet name="intent" value="email" aria-describedby="box-mail-hint">
          Email me a sign-in link
        </Button>
        <p className="field-hint" id="box-mail-hint">
          {sentTo === null ? 'It goes to the address above. Without it you write as a guest.' : 'Nothing has come? Ask for another one.'}
        </p>
      </div>
      <Check name="save" label="Save my name, email and website in this browser" defaultChecked={entered.save} />
    </fieldset>
  );
}
