import { beforeEach, inject } from 'vitest';
import { PROVIDERS, type Provider } from '../../lib/identity/schema';
import { ProviderControl } from './provider-handle';

/** Gives a test file the three providers, honest again before each test. Call it once, at the top level of the file. */
export function useProviders(): Record<Provider, ProviderControl> {
  const addresses = inject('providers');
  const [google, twitter, facebook] = PROVIDERS.map((way) => new ProviderControl(way, addresses[way])) as [ProviderControl, ProviderControl, ProviderControl];
  beforeEach(async () => {
    await Promise.all([google, twitter, facebook].map((provider) => provider.reset()));
  });
  return { google, twitter, facebook };
}
