import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { Field } from '@/components/ui/field';
import type { BoxIdentity, EnteredComment } from '@/lib/comments/box';
import { EMAIL_MAX_CHARACTERS, NAME_MAX_CHARACTERS, WEBSITE_MAX_CHARACTERS } from '@/lib/comments/schema';
import type { Provider } from '@/lib/identity/schema';
import { t } from '@/lib/words/t';
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
      <legend>{t(offered.length > 0 ? 'identity.guest.legendOffered' : 'identity.guest.legend')}</legend>
      {insteadOf !== null && (
        <p className="identity-instead">
          <input type="hidden" name="as" value="guest" />
          <span>{t('identity.guest.stillSignedIn', { name: insteadOf })}</span>{' '}
          <Button quiet name="intent" value="stay">
            {t('identity.guest.keepWriting', { name: insteadOf })}
          </Button>
        </p>
      )}
      <ProviderButtons offered={offered} />
      <div className="field-row">
        <Field id="box-email" name="email" type="email" label={t('identity.guest.email')} hint={t('identity.guest.emailHint')} required maxLength={EMAIL_MAX_CHARACTERS} autoComplete="email" defaultValue={entered.email} error={fields.email} />
        <Field id="box-name" name="name" label={t('identity.guest.name')} required maxLength={NAME_MAX_CHARACTERS} autoComplete="name" defaultValue={entered.name} error={fields.name} />
        <Field id="box-website" name="website" type="url" label={t('identity.guest.website')} maxLength={WEBSITE_MAX_CHARACTERS} autoComplete="url" defaultValue={entered.website} error={fields.website} />
      </div>
      {sentTo !== null && <CodeField sentTo={sentTo} error={fields.code} />}
      <div className="identity-mail">
        <Button quiet name="intent" value="email" aria-describedby="box-mail-hint">
          {t('identity.signIn.mail')}
        </Button>
        <p className="field-hint" id="box-mail-hint">
          {t(sentTo === null ? 'identity.guest.mailHint' : 'identity.guest.mailAgain')}
        </p>
      </div>
      <Check name="save" label={t('identity.guest.save')} defaultChecked={entered.save} />
    </fieldset>
  );
}
