import { readFileSync } from 'node:fs';
import { t } from '@/lib/words/t';
import { describe, expect, test } from 'vitest';
import { callbackPath } from '@/lib/identity/offered';
import { DELETION_PATH, explainFailure, keyNames, PROVIDER_SETUP, warningOfLogins } from '@/lib/identity/provider-setup';
import { PROVIDER_BUTTONS, PROVIDERS } from '@/lib/identity/schema';

const docs = readFileSync('docs/logins.md', 'utf8');
const example = readFileSync('.env.example', 'utf8');
const SITE = 'https://blog.example';

/** What stands under a heading. */
const sectionOf = (heading: string): string => docs.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

describe('docs/logins.md tells the truth about each provider', () => {
  test.each(PROVIDERS)('%s', (provider) => {
    const { console: place, scopes } = PROVIDER_SETUP[provider];
    const tells = t(`identity.setup.${provider}.tells`);
    const section = sectionOf(PROVIDER_BUTTONS[provider]);
    expect(section).toContain(`\`${SITE}${callbackPath(provider)}\``);
    expect(section).toContain(`[${place.name}](${place.href})`);
    expect(section).toContain(`Scopes: ${scopes.map((scope) => `\`${scope}\``).join(', ')}`);
    expect(section).toContain(`tells ${tells}.`);
    for (const name of keyNames(provider)) {
      expect(section).toContain(`\`${name}\``);
      expect(example).toContain(`#${name}=\n`);
    }
  });

  test('no other callback address stands there, and the page for data deletion does', () => {
    const known = PROVIDERS.map((provider) => SITE + callbackPath(provider));
    expect(docs.match(/https:\/\/blog\.example\/api\/auth\/[\w/-]*/g)?.filter((address) => !known.includes(address))).toEqual([]);
    expect(sectionOf('Facebook')).toContain(`\`${SITE}${DELETION_PATH}\``);
  });
});

describe('the steps for an owner', () => {
  test.each(PROVIDERS)('%s: name the callback, and the two settings come last', (provider) => {
    const steps = (['make', 'configure', 'copy'] as const).map((step) => t(`identity.setup.${provider}.${step}`));
    expect(steps.filter((step) => step.includes('CALLBACK'))).toEqual([steps[1]]);
    expect(steps[2]).toContain('start the blog again');
  });
});

describe('a warning about SITE_URL', () => {
  test.each([
    [[], undefined],
    [[], 'http://blog.example'],
    [['google'], 'https://blog.example'],
  ] as const)('is not given for %j at %s', (offered, siteUrl) => {
    expect(warningOfLogins(offered, siteUrl)).toBeNull();
  });

  test.each([
    [['google'], undefined, /^Google is set as a way to sign in, but SITE_URL is not set: .* docs\/logins\.md says what to do\.$/],
    [['google', 'twitter', 'facebook'], 'http://blog.example', /^Google, Twitter \(X\), and Facebook are set as ways to sign in, but SITE_URL does not begin with https: /],
  ] as const)('is given for %j at %s', (offered, siteUrl, sentence) => {
    expect(warningOfLogins(offered, siteUrl)).toMatch(sentence);
  });
});

describe('a noted failure in plain words', () => {
  test.each([
    ['fetch failed', /could not be reached/],
    ['The operation was aborted due to timeout', /could not be reached/],
    ['server responded with an error in the response body', /check the two settings/],
    ['signature verification failed', /not believed/],
    ['"exp" claim timestamp check failed', /not believed/],
    ['"response" body "id_token" property must be a string', /not believed/],
    ['Unexpected end of JSON input', /could not be understood/],
    ['The provider gave no id of the person.', /could not be understood/],
    ['state value could not be parsed. Read more at https://errors.authjs.dev#invalidcheck', /came back too late/],
  ])('%s', (noted, plain) => {
    expect(explainFailure(noted)).toMatch(plain);
  });

  test('what is not known is said as it was noted', () => {
    expect(explainFailure('The credit is used up.')).toBeNull();
  });
});
