'use client';

import { useActionState } from 'react';
import { Portrait } from '@/components/identity/portrait';
import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { Field } from '@/components/ui/field';
import { NAME_MAX_CHARACTERS, WEBSITE_MAX_CHARACTERS } from '@/lib/comments/schema';
import type { Profile, ProfileState } from '@/lib/account/schema';
import { Said } from './said';

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
      <h2 id="profile">How you are seen</h2>
      <Said state={state} />
      <form className="account-form" action={submit}>
        <Field
          id="account-name" name="name" label="Name (required)" required maxLength={2 * NAME_MAX_CHARACTERS} autoComplete="name" defaultValue={shown.name} error={fields.name}
          hint="A new name also stands on what you have written, except under a name used on one post only."
        />
        <Field
          id="account-website" name="website" label="Website (optional)" maxLength={WEBSITE_MAX_CHARACTERS} autoComplete="url" defaultValue={shown.website} error={fields.website}
          hint="Your name on your comments links there."
        />
        <div className="account-picture">
          <Portrait name={profile.name} picture={profile.showPicture ? picture : null} size="large" />
          <div>
            <Check key={String(shown.showPicture)} name="picture" label="Show my picture beside what I write" defaultChecked={shown.showPicture} />
            <p className="field-hint">{picture === null ? 'There is no picture of you here yet. One comes along when you sign in with an account that has one; until then letters of your name stand in its place.' : 'Without it, letters of your name stand in its place.'}</p>
          </div>
        </div>
        <Button disabled={isPending}>Save</Button>
      </form>
    </section>
  );
}
