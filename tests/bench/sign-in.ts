import { PROVIDER_BUTTONS, PROVIDERS, WAY_NAMES } from '../../lib/identity/schema';
import { ProviderControl } from '../support/provider-handle';
import { startProviders, type Providers } from '../support/providers';
import { fieldsOfForm, multipart } from '../support/raw-request';
import { ask, type Asked } from './ask';
import { fillBench, pageOf } from './content';
import { type Measure, type Pace, type Row, times } from './measure';
import { percentile } from './statistics';
import type { World } from './world';

const PER_PROVIDER = 60;
const WARM_UPS = 3;
const BOUND_MS = 150;
const POST = pageOf(10);

/** The milliseconds of one sign-in that the blog's server spent, step by step. */
type Spent = { form: number; callback: number; reply: number; provider: number };
const ownMs = ({ form, callback, reply }: Spent): number => form + callback + reply;

/** What a browser keeps of an answer and sends with the next request. */
class CookieJar {
  private readonly kept = new Map<string, string>();

  take({ headers }: Asked): void {
    for (const line of headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.kept.delete(name);
      else this.kept.set(name, value);
    }
  }

  get header(): string {
    return [...this.kept].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/** Says yes on the provider's page; gives the address at the blog that it leads back to. */
async function consent(address: string, sub: string): Promise<string> {
  const asked = new URL(address);
  asked.pathname = '/continue';
  asked.searchParams.set('sub', sub);
  const { headers } = await ask(asked.href);
  if (!headers.location) throw new Error('The provider leads nowhere.');
  return headers.location;
}

function expectStep(step: string, { status, body }: Asked, wanted: number): void {
  if (status !== wanted) throw new Error(`${step} was answered ${status}: ${body.toString('utf8').slice(0, 300)}`);
}

/** One reader, from the click on a provider's button to the page with the box that knows them. */
async function signInOnce(url: string, control: ProviderControl, fields: Record<string, string>, number: number): Promise<Spent> {
  const { way } = control;
  const sub = `${way}-${number}`;
  await control.reset();
  await control.is({ sub, name: `Reader ${number}`, ...(way !== 'twitter' && { email: `${sub}@example.net` }) });
  const jar = new CookieJar();
  const address = `10.${way.length}.${number >> 8}.${number & 255}`;
  const { body, headers } = multipart({ ...fields, comment: `What reader ${number} was about to say.` });
  const form = await ask(url + POST, { method: 'POST', body, headers: { ...headers, 'x-forwarded-for': address, origin: url, accept: 'text/html' } });
  expectStep('The form', form, 303);
  jar.take(form);
  const back = await consent(form.headers.location ?? '', sub);
  const callback = await ask(back, { headers: { cookie: jar.header, 'x-forwarded-for': address } });
  expectStep('The return', callback, 303);
  jar.take(callback);
  const { spentMs } = await control.received();
  const reply = await ask(callback.headers.location ?? '', { headers: { cookie: jar.header, 'x-forwarded-for': address, accept: 'text/html' } });
  expectStep('The box', reply, 200);
  const html = reply.body.toString('utf8');
  if (!html.includes(`You are commenting using your ${WAY_NAMES[way]} account.`) || !html.includes(`What reader ${number} was about to say.`)) throw new Error(`After a sign-in the box does not know reader ${number}, or their text.`);
  return { form: form.ms, callback: callback.ms - spentMs, reply: reply.ms, provider: spentMs };
}

async function run(world: World, pace: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  await world.database('sign_in', async () => undefined, 'bench');
  let running: Providers | undefined;
  try {
    const { url } = await world.serve('sign_in', 'fast', async (address) => (running = await startProviders(address)).environment);
    const page = (await ask(url + POST)).body.toString('utf8');
    const seen: Spent[] = [];
    for (const way of PROVIDERS) {
      const control = new ProviderControl(way, running?.addresses[way] ?? '');
      seen.push(...(await signInMany(url, control, fieldsOfForm(page, PROVIDER_BUTTONS[way]), times(PER_PROVIDER, pace, 5))));
    }
    return [rowOf(seen)];
  } finally {
    await running?.stop();
  }
}

/** Each reader twice: somebody new, then somebody known. */
async function signInMany(url: string, control: ProviderControl, fields: Record<string, string>, count: number): Promise<Spent[]> {
  const seen: Spent[] = [];
  for (let round = 0; round < WARM_UPS + count; round++) {
    const spent = await signInOnce(url, control, fields, round >> 1);
    if (round >= WARM_UPS) seen.push(spent);
  }
  return seen;
}

function rowOf(seen: Spent[]): Row {
  const spread = (values: number[]) => `p50 ${percentile(values, 0.5).toFixed(1)}, p95 ${percentile(values, 0.95).toFixed(1)}, longest ${Math.max(...values).toFixed(1)} ms`;
  const each = (step: keyof Spent) => spread(seen.map((spent) => spent[step]));
  const own = seen.map(ownMs);
  return {
    what: 'sign-in, from the click to back in the box, own server time, p95', bound: { under: BOUND_MS, unit: 'ms' }, value: percentile(own, 0.95),
    raw: {
      'sign-ins': seen.length, 'own server time': spread(own), 'of which the form, until it leads to the provider': each('form'),
      'the return, without what the provider took': each('callback'), 'the page with the box': each('reply'), 'the provider, subtracted': each('provider'),
      'all of them, in ms': own.map((ms) => ms.toFixed(0)).join(' '),
    },
  };
}

export const signIn: Measure = {
  name: 'sign-in',
  how: 'A reader signs in as a browser without script does, at real OAuth 2 servers on the loopback (PKCE, state, signed id_token), one after another, at Google, Twitter and Facebook in turn, each once as somebody new and once as somebody known: the form with the text is posted, consent given, the return followed, and the page with the box read, which must know who they are and what they were writing. Own server time is the sum of the three answers of the blog, without the time that the provider notes for what the blog asked it. Fetching the picture goes on beside it.',
  run,
};
