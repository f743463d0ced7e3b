'use client';

import { ABOUT_MAX_CHARACTERS, CONDUCT_MAX_CHARACTERS, SOCIAL_MAX_LINKS } from '@/lib/site/settings-form';
import type { SettingsView } from '@/lib/site/settings-form';
import { Field } from '@/components/ui/field';
import { PictureChoice } from './picture-choice';
import { SectionForm, type SaveSection } from './section-form';

type Props = { settings: SettingsView; action: SaveSection };

const MARKDOWN = 'A blank line begins a new paragraph; *one star* makes words italic, **two** bold, and [words](https://example.com) a link.';

/** How the blog is called. */
export function NameSection({ settings, action }: Props) {
  return (
    <SectionForm section="name" title="Name" seen={settings.seen.name} action={action}>
      {({ fields, entered }) => (
        <>
          <Field id="site-title" name="title" label="Title (required)" required defaultValue={entered?.title ?? settings.title} error={fields.title} />
          <Field id="site-tagline" name="tagline" label="Tagline (optional)" hint="A few words below the title: what the blog is about." defaultValue={entered?.tagline ?? settings.tagline} error={fields.tagline} />
        </>
      )}
    </SectionForm>
  );
}

/** Who writes here. */
export function AboutSection({ settings, action }: Props) {
  return (
    <SectionForm section="about" title="About the author" words="Shown below every post and at the end of the front page, under the words “Who writes here”. Leave it empty to show nothing." seen={settings.seen.about} action={action}>
      {({ fields, entered }) => (
        <>
          <Field id="site-about" name="about" label="A few words about you" multiline hint={`${MARKDOWN} At most ${ABOUT_MAX_CHARACTERS.toLocaleString('en')} characters.`} defaultValue={entered?.about ?? settings.about} error={fields.about} />
          <PictureChoice name="pictureId" label="Picture" none="No picture stands beside them." shape="round" chosen={settings.picture} entered={entered} error={fields.pictureId} />
        </>
      )}
    </SectionForm>
  );
}

/** Where the author is found elsewhere. */
export function ElsewhereSection({ settings, action }: Props) {
  return (
    <SectionForm section="elsewhere" title="Elsewhere" words="Where readers find you on other sites. The links stand at the foot of every page." seen={settings.seen.elsewhere} action={action}>
      {({ fields, entered }) => (
        <Field id="site-social" name="social" label="Addresses, one a line" multiline rows={4} hint={`Whole addresses, such as https://www.instagram.com/yourname. At most ${SOCIAL_MAX_LINKS}.`} defaultValue={entered?.social ?? settings.social.join('\n')} error={fields.social} />
      )}
    </SectionForm>
  );
}

/** By what rules people talk here. */
export function ConductSection({ settings, action }: Props) {
  return (
    <SectionForm section="conduct" title="Code of conduct" words="How people are to talk with one another here. If you write one, the comment box says “By posting you agree to the code of conduct”, and shows it there. Leave it empty to have none." seen={settings.seen.conduct} action={action}>
      {({ fields, entered }) => (
        <Field id="site-conduct" name="conduct" label="Code of conduct" multiline rows={6} hint={`${MARKDOWN} Lines that begin with - make a list. At most ${CONDUCT_MAX_CHARACTERS.toLocaleString('en')} characters.`} defaultValue={entered?.conduct ?? settings.conduct} error={fields.conduct} />
      )}
    </SectionForm>
  );
}
