import type { LoginSettingsView, LoginWayView } from '@/lib/identity/login-settings';
import { keyNames, PROVIDER_SETUP } from '@/lib/identity/provider-setup';
import { PROVIDER_BUTTONS } from '@/lib/identity/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { spokenLanguage, t } from '@/lib/words/t';
import { LoginLastUse } from './login-last-use';

type Props = { logins: LoginSettingsView; site: SiteLocale };

/** The ways to sign in: which are offered, whether they work, and how to get the keys of the others. */
export function LoginSettings({ logins, site }: Props) {
  const { warning, providers, mail } = logins;
  return (
    <section className="settings-section" aria-labelledby="ways-to-sign-in">
      <h2 id="ways-to-sign-in">{t('identity.logins.heading')}</h2>
      <p>{t('identity.logins.about')}</p>
      {warning && <p className="settings-warning">{warning}</p>}
      <ul className="settings-list">
        {providers.map((way) => (
          <li key={way.provider}>
            <ProviderCard way={way} logins={logins} site={site} />
          </li>
        ))}
        <li>
          <MailCard mail={mail} />
        </li>
      </ul>
    </section>
  );
}

function ProviderCard({ way, logins, site }: Props & { way: LoginWayView }) {
  const { provider, isOffered, missing, callback, standIn, state } = way;
  const setup = PROVIDER_SETUP[provider];
  return (
    <article className="settings-card" aria-labelledby={`way-${provider}`}>
      <CardHead id={`way-${provider}`} name={PROVIDER_BUTTONS[provider]} mark={t(isOffered ? 'identity.logins.offered' : 'identity.logins.notOffered')} isGood={isOffered} />
      {missing.length > 0 && (
        <p>{t.rich('identity.logins.missing', { names: () => <Names names={missing} />, file: () => <code>.env</code> })}</p>
      )}
      {standIn && <p>{t.rich('identity.logins.standIn', { provider: PROVIDER_BUTTONS[provider], server: () => <code>{standIn}</code> })}</p>}
      <dl className="settings-facts">
        {isOffered && <div><dt>{t('identity.logins.lastUsed')}</dt><dd><LoginLastUse state={state} site={site} /></dd></div>}
        <div><dt>{t('identity.logins.callback')}</dt><dd><code>{callback}</code></dd></div>
        {provider === 'facebook' && <div><dt>{t('identity.logins.deletion')}</dt><dd><code>{logins.deletionAddress}</code></dd></div>}
        <div><dt>{t('identity.logins.tells')}</dt><dd>{t(`identity.setup.${provider}.tells`)}</dd></div>
      </dl>
      <details open={!isOffered}>
        <summary>{t('identity.logins.howTo')}</summary>
        <ol className="settings-steps">
          <li>{t.rich('identity.logins.open', { name: setup.console.name, link: (chunks) => <a href={setup.console.href} rel="noopener noreferrer">{chunks}</a> })} {t(`identity.setup.${provider}.make`)}</li>
          <li><Addresses step={t(`identity.setup.${provider}.configure`)} way={way} logins={logins} /></li>
          <li>{t(`identity.setup.${provider}.copy`)} <Names names={keyNames(provider)} /></li>
        </ol>
      </details>
    </article>
  );
}

function CardHead({ id, name, mark, isGood }: { id: string; name: string; mark: string; isGood: boolean }) {
  return (
    <div className="settings-head">
      <h3 id={id}>{name}</h3>
      <p className={isGood ? 'settings-mark settings-mark--good' : 'settings-mark'}>{mark}</p>
    </div>
  );
}

/** The names of settings, as they are written in a file. */
function Names({ names }: { names: readonly string[] }) {
  return new Intl.ListFormat(spokenLanguage()).formatToParts(names).map(({ type, value }, index) => (type === 'element' ? <code key={index}>{value}</code> : value));
}

/** A step with the blog's own addresses in their places. */
function Addresses({ step, way, logins }: { step: string; way: LoginWayView; logins: LoginSettingsView }) {
  const addresses: Record<string, string> = { CALLBACK: way.callback, DELETION: logins.deletionAddress, SITE: logins.site, 'SITE/privacy': `${logins.site}/privacy` };
  return step.split(/(CALLBACK|DELETION|SITE\/privacy|SITE)/).map((part, index) => {
    const address = addresses[part];
    return address === undefined ? part : <code key={index}>{address}</code>;
  });
}

function MailCard({ mail: { from, isSent } }: { mail: LoginSettingsView['mail'] }) {
  return (
    <article className="settings-card" aria-labelledby="way-email">
      <CardHead id="way-email" name={t('identity.logins.mailLink')} mark={t(isSent ? 'identity.logins.offered' : 'identity.logins.noMailLeaves')} isGood={isSent} />
      {isSent ? (
        <p>{t.rich('identity.logins.mailFrom', { from: () => <code>{from}</code> })}</p>
      ) : (
        <p>{t.rich('identity.logins.noServer', { setting: () => <code>SMTP_URL</code>, outbox: (chunks) => <a href="/admin/outbox">{chunks}</a> })}</p>
      )}
      {isSent && <p>{t.rich('identity.logins.sent', { outbox: (chunks) => <a href="/admin/outbox">{chunks}</a> })}</p>}
    </article>
  );
}
