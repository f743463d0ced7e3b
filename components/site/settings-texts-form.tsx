'use client';

import { ABOUT_MAX_CHARACTERS, CONDUCT_MAX_CHARACTERS, SOCIAL_MAX_LINKS } from '@/lib/site/settings-form';
import type { SettingsView } from '@/lib/site/settings-form';
import { t } from '@/lib/words/t';
import { Field } from '@/components/ui/field';
import { PictureChoice } from './picture-choice';
import { SectionForm, type SaveSection } from './section-form';

type Props = { settings: SettingsView; action: SaveSection };

/** How the blog is called. */
export function NameSection({ settings, action }: Props) {
  return (
    <SectionForm section="name" title={t('site.section.name')} seen={settings.seen.name} action={action}>
      {({ fields, entered }) => (
        <>
          <Field id="site-title" name="title" label={t('site.texts.title')} required defaultValue={entered?.title ?? settings.title} error={fields.title} />
          <Field id="site-tagline" name="tagline" label={t('site.texts.tagline')} hint={t('site.texts.taglineHint')} defaultValue={entered?.tagline ?? settings.tagline} error={fields.tagline} />
        </>
      )}
    </SectionForm>
  );
}

/** Who writes here. */
export function AboutSection({ settings, action }: Props) {
  return (
    <SectionForm section="about" title={t('site.section.about')} words={t('site.texts.aboutWords', { heading: t('site.aboutNote.heading') })} seen={settings.seen.about} action={action}>
      {({ fields, entered }) => (
        <>
          <Field id="site-about" name="about" label={t('site.texts.about')} multiline hint={t('site.texts.aboutHint', { max: ABOUT_MAX_CHARACTERS })} defaultValue={entered?.about ?? settings.about} error={fields.about} />
          <PictureChoice name="pictureId" label={t('site.picture.author')} none={t('site.picture.noAuthor')} choosing={t('site.picture.choose')} shape="round" chosen={settings.picture} entered={entered} error={fields.pictureId} />
        </>
      )}
    </SectionForm>
  );
}

/** Where the author is found elsewhere. */
export function ElsewhereSection({ settings, action }: Props) {
  return (
    <SectionForm section="elsewhere" title={t('site.section.elsewhere')} words={t('site.texts.elsewhereWords')} seen={settings.seen.elsewhere} action={action}>
      {({ fields, entered }) => (
        <Field id="site-social" name="social" label={t('site.texts.addresses')} multiline rows={4} hint={t('site.texts.addressesHint', { max: SOCIAL_MAX_LINKS })} defaultValue={entered?.social ?? settings.social.join('\n')} error={fields.social} />
      )}
    </SectionForm>
  );
}

/** By what rules people talk here. */
export function ConductSection({ settings, action }: Props) {
  return (
    <SectionForm section="conduct" title={t('site.section.conduct')} words={t('site.texts.conductWords', { agree: t('site.conduct.agree') })} seen={settings.seen.conduct} action={action}>
      {({ fields, entered }) => (
        <Field id="site-conduct" name="conduct" label={t('site.texts.conduct')} multiline rows={6} hint={t('site.texts.conductHint', { max: CONDUCT_MAX_CHARACTERS })} defaultValue={entered?.conduct ?? settings.conduct} error={fields.conduct} />
      )}
    </SectionForm>
  );
}
