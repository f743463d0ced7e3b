'use client';

import { useActionState } from 'react';
import { Portrait } from '@/components/identity/portrait';
import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { Field } from '@/components/ui/field';
import { NAME_MAX_CHARACTERS, WEBSITE_MAX_CHARACTERS } from '@/lib/comments/schema';
import type { Profile, ProfileState } from '@/lib/account/schema';
import { Said } from './said';
import { t } from '@/lib/words/t';

type Props = {
  profile: Profile;
  /** The path of their picture, shown to others or not. */
  picture: string | null;
  action: (state: ProfileState, form: FormData) => Promise<ProfileState>;
};

/** How a person is seen: their name, website and picture. */
export function ProfileForm({ profile, picture, action }: Props) {
  const [state, submit, isPending] = useActionState(action, { done: null, message: null, fields: {}, entered: null }, '/account#profile');
  const { fields } = state;
  const shown = state.entered ?? profile;
  return (
    <section className="account-part" aria-labelledby="profile">
      <h2 id="profile">{t('account.profile.heading')}</h2>
      <Said state={state} />
      <form className="account-form" action={submit}>
        <Field
          id="account-name" name="name" label={t('account.profile.name')} required maxLength={2 * NAME_MAX_CHARACTERS} autoComplete="name" defaultValue={shown.name} error={fields.name}
          hint={t('account.profile.nameHint')}
        />
        <Field
          id="account-website" name="website" label={t('account.profile.website')} maxLength={WEBSITE_MAX_CHARACTERS} autoComplete="url" defaultValue={shown.website} error={fields.website}
          hint={t('account.profile.websiteHint')}
        />
        <div className="account-picture">
          <Portrait name={profile.name} picture={profile.showPicture ? picture : null} size="large" />
          <div>
            <Check key={String(shown.showPicture)} name="picture" label={t('account.profile.showPicture')} defaultChecked={shown.showPicture} />
            <p className="field-hint">{picture === null ? t('account.profile.noPictureHint') : t('account.profile.pictureHint')}</p>
          </div>
        </div>
        <Button disabled={isPending}>{t('account.profile.save')}</Button>
      </form>
    </section>
  );
}
