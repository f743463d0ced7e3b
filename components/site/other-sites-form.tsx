'use client';

import { useActionState } from 'react';
import { NOTHING_SET, type OtherSites } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Check } from '@/components/ui/check';
import { SettingForm, type SaveSetting } from './setting-form';

/** What other sites may do: tell of their pages that speak of a post, and quote comments. */
export function OtherSitesForm({ settings: { acceptsMentions, quotesComments }, action }: { settings: OtherSites; action: SaveSetting }) {
  const [state, save, isPending] = useActionState(action, NOTHING_SET);
  return (
    <SettingForm id="settings-other-sites" title={t('site.section.otherSites')} state={state} save={save} isPending={isPending}>
      <div className="settings-fields" key={`${acceptsMentions} ${quotesComments}`}>
        <div>
          <Check name="acceptsMentions" label={t('site.otherSites.mentions')} defaultChecked={acceptsMentions} />
          <p className="field-hint">{t('site.otherSites.mentionsHint')}</p>
        </div>
        <div>
          <Check name="quotesComments" label={t('site.otherSites.quotes')} defaultChecked={quotesComments} />
          <p className="field-hint">{t('site.otherSites.quotesHint')}</p>
        </div>
      </div>
    </SettingForm>
  );
}
