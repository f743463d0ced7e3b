import { Button } from '@/components/ui/button';
import { PROVIDER_BUTTONS, WAY_NAMES, type Provider } from '@/lib/identity/schema';
import { t } from '@/lib/words/t';
import { ProviderMark } from './provider-mark';

/** A button for each provider that is offered; inside a form whose action reads `intent`. */
export function ProviderButtons({ offered }: { offered: readonly Provider[] }) {
  if (offered.length === 0) return null;
  return (
    <div className="provider-row">
      {offered.map((provider) => (
        <Button key={provider} quiet name="intent" value={provider} data-provider={WAY_NAMES[provider]} data-connecting={t('identity.signIn.connecting', { provider: WAY_NAMES[provider] })} data-cancel={t('identity.signIn.cancel')}>
          <ProviderMark provider={provider} />
          {PROVIDER_BUTTONS[provider]}
        </Button>
      ))}
    </div>
  );
}
