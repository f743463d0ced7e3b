import { Time } from '@/components/ui/time';
import type { LoginSettingsView, LoginWayView, ProviderStateView } from '@/lib/identity/login-settings';
import { explainFailure, keyNames, PROVIDER_SETUP } from '@/lib/identity/provider-setup';
import { PROVIDER_BUTTONS } from '@/lib/identity/schema';
import type { SiteLocale } from '@/lib/site/schema';

type Props = { logins: LoginSettingsView; site: SiteLocale };

/** The ways to sign in: which are offered, whether they work, and how to get the keys of the others. */
export function LoginSettings({ logins, site }: Props) {
  const { warning, providers, mail } = logins;
  return (
    <section className="settings-section" aria-labelledby="ways-to-sign-in">
      <h2 id="ways-to-sign-in">Ways to sign in</h2>
      <p>Readers can always write as guests. These ways let them be recognised when they come back.</p>
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
      <CardHead id={`way-${provider}`} name={PROVIDER_BUTTONS[provider]} mark={isOffered ? 'Offered' : 'Not offered'} isGood={isOffered} />
      {missing.length > 0 && (
        <p>To offer it, these settings are missing: <Names names={missing} />. They belong into the file <code>.env</code> in the folder of the blog.</p>
      )}
      {standIn && <p>Another server stands in for it: <code>{standIn}</code>. That is for tests; readers sign in there, not with {PROVIDER_BUTTONS[provider]}.</p>}
      <dl className="settings-facts">
        {isOffered && <div><dt>Last used</dt><dd><LastUse state={state} site={site} /></dd></div>}
        <div><dt>Callback address</dt><dd><code>{callback}</code></dd></div>
        {provider === 'facebook' && <div><dt>Data deletion address</dt><dd><code>{logins.deletionAddress}</code></dd></div>}
        <div><dt>Tells the blog</dt><dd>{setup.tells}</dd></div>
      </dl>
      <details open={!isOffered}>
        <summary>How to get the keys</summary>
        <ol className="settings-steps">
          <li>Open <a href={setup.console.href} rel="noopener noreferrer">{setup.console.name}</a>. {setup.steps[0]}</li>
          <li><Addresses step={setup.steps[1]} way={way} logins={logins} /></li>
          <li>{setup.steps[2]} <Names names={keyNames(provider)} /></li>
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
  return names.map((name, index) => (
    <span key={name}>{index > 0 && ' and '}<code>{name}</code></span>
  ));
}

/** A step with the blog's own addresses in their places. */
function Addresses({ step, way, logins }: { step: string; way: LoginWayView; logins: LoginSettingsView }) {
  const addresses: Record<string, string> = { CALLBACK: way.callback, DELETION: logins.deletionAddress, SITE: logins.site, 'SITE/privacy': `${logins.site}/privacy` };
  return step.split(/(CALLBACK|DELETION|SITE\/privacy|SITE)/).map((part, index) => {
    const address = addresses[part];
    return address === undefined ? part : <code key={index}>{address}</code>;
  });
}

/** When it last worked, and what went wrong since. */
function LastUse({ state: { lastWorkedAt, lastFailedAt, lastFailure }, site }: { state: ProviderStateView; site: SiteLocale }) {
  if (!lastWorkedAt && !lastFailedAt) return 'Not used yet. Try it yourself: sign in with it once.';
  const isFailing = lastFailedAt !== null && (lastWorkedAt === null || lastFailedAt > lastWorkedAt);
  return (
    <>
      {lastWorkedAt && <>It worked on <Time at={lastWorkedAt} site={site} withClock />. </>}
      {lastFailedAt && (
        <span className={isFailing ? 'settings-failure' : undefined}>
          {isFailing ? 'It failed on ' : 'It had failed on '}
          <Time at={lastFailedAt} site={site} withClock />
          <Failure noted={lastFailure} />
        </span>
      )}
    </>
  );
}

/** Why, in plain words, and as it was noted for whoever helps. */
function Failure({ noted }: { noted: string }) {
  const plain = explainFailure(noted);
  if (plain === null) return noted === '' ? '.' : `: ${noted}`;
  return <>: {plain} <small>({noted})</small></>;
}

function MailCard({ mail: { from, isSent } }: { mail: LoginSettingsView['mail'] }) {
  return (
    <article className="settings-card" aria-labelledby="way-email">
      <CardHead id="way-email" name="E-mail link" mark={isSent ? 'Offered' : 'Offered, but no mail leaves'} isGood={isSent} />
      {isSent ? (
        <p>A reader gets a link that works once, for 15 minutes. Mails come from <code>{from}</code>.</p>
      ) : (
        <p>No mail server is set (<code>SMTP_URL</code>), so no mail leaves this machine, and readers who ask for a link wait in vain. You find what would have been sent in the <a href="/admin/outbox">Outbox</a>.</p>
      )}
      {isSent && <p>What was sent, and what could not be, is in the <a href="/admin/outbox">Outbox</a>.</p>}
    </article>
  );
}
