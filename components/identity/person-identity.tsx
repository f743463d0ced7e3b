import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { Field } from '@/components/ui/field';
import type { BoxIdentity, EnteredComment } from '@/lib/comments/box';
import { NAME_MAX_CHARACTERS } from '@/lib/comments/schema';
import { WAY_NAMES } from '@/lib/identity/schema';
import { t } from '@/lib/words/t';
import { Portrait } from './portrait';

type Person = Extract<BoxIdentity, { kind: 'person' }>;
type Props = { identity: Person; entered: EnteredComment; fields: Record<string, string> };

/** Who is speaking, signed in: picture, name, how, and the ways out of it. */
export function PersonIdentity({ identity, entered, fields }: Props) {
  const { name, isNamed, way, picture, pseudonym } = identity;
  const spoken = pseudonym ?? name;
  return (
    <div className="identity identity--person" data-identity="person">
      <div className="identity-who">
        <Portrait name={spoken} picture={pseudonym === null ? picture : null} size="large" />
        <p>
          {(isNamed || pseudonym !== null) && <strong>{spoken}</strong>}
          <span>{t('identity.person.using', { way: way === 'email' ? t('identity.person.email') : WAY_NAMES[way] })}</span>
        </p>
        <div className="identity-acts">
          <Button quiet name="intent" value="log-out">
            {t('identity.person.logOut')}
          </Button>
          <Button quiet name="intent" value="change">
            {t('identity.person.change')}
          </Button>
        </div>
      </div>
      {pseudonym === null && !isNamed && (
        <Field id="box-name" name="name" label={t('identity.guest.name')} hint={t('identity.person.nameHint')} required maxLength={NAME_MAX_CHARACTERS} autoComplete="name" defaultValue={entered.name || name} error={fields.name} />
      )}
      {pseudonym !== null && <p className="field-hint">{t('identity.person.writesAs', { name: pseudonym })} {t('identity.person.whoSees')}</p>}
      {identity.mayTakePseudonym && <OtherName entered={entered} error={fields.pseudonym} />}
    </div>
  );
}

/** A name for this post alone: its field is shown once it is wanted. */
function OtherName({ entered, error }: { entered: EnteredComment; error: string | undefined }) {
  return (
    <div className="pseudonym">
      <Check name="as-pseudonym" label={t('identity.person.otherName')} defaultChecked={entered.asPseudonym} />
      <p className="field-hint">{t('identity.person.whoSees')}</p>
      <Field id="box-pseudonym" name="pseudonym" label={t('identity.person.nameHere')} hint={t('identity.person.nameHereHint')} maxLength={NAME_MAX_CHARACTERS} autoComplete="off" defaultValue={entered.pseudonym} error={error} />
    </div>
  );
}
