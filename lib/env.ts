import { z } from './zod';
import { readCdn } from './cdn-address';
import { listedSecrets } from './keyed';

const blankIsUnset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const setting = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsUnset, schema);

const isPostgresAddress = (value: string) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);
const isSiteAddress = (value: string) =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).href === `${new URL(value).origin}/`;

// Refused without a word of what was given: a secret may stand in it.
const cdn = z.string().transform((value, context) => {
  const read = value === 'off' ? undefined : readCdn(value);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'must be fastly://TOKEN@SERVICE_ID, cloudflare://TOKEN@ZONE_ID, varnish://HOST:PORT (several with commas) or an https:// address, as docs/cdn.md says' });
  return z.NEVER;
});

const isMailServer = (value: string) => /^smtps?:\/\/[^/]/.test(value) && URL.canParse(value);
const isSender = (value: string) => z.email().safeParse(/<([^<>]+)>\s*$/.exec(value)?.[1] ?? value).success && !/[\r\n]/.test(value);
const isIssuer = (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).search === '' && new URL(value).hash === '';
const issuer = () => setting(z.string().refine(isIssuer, 'must be the base address of an OAuth 2 server, such as http://localhost:9000').transform((value) => value.replace(/\/+$/, '')).optional());
const key = () => setting(z.string().optional());

// Both refused without a word of what was given: it is a secret.
const isMetricsToken = (value: string) => /^[\x21-\x7e]{16,}$/.test(value);
const isAkismetKey = (value: string) => /^[A-Za-z0-9]{6,64}$/.test(value);

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** Whose mails nobody reads: for a blog on one's own machine. */
export const DEFAULT_OWNER = 'owner@example.com';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const schema = z
  .object({
    DATABASE_URL: setting(
      z.string().refine(isPostgresAddress, 'must be a PostgreSQL address such as postgresql://user:password@host:5432/soapbox').optional(),
    ),
    DATABASE_DIRECT_URL: setting(
      z.string().refine(isPostgresAddress, 'must be a PostgreSQL address, the one of DATABASE_URL without a pooler').optional(),
    ),
    PORT: setting(z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be from 1 to 65535').max(65535, 'must be from 1 to 65535').default(3000)),
    SITE_URL: setting(
      z.string().refine(isSiteAddress, 'must be the address readers use, such as https://blog.example, without a path').transform((value) => new URL(value).origin).optional(),
    ),
    AUTH_SECRET: setting(z.string().min(32, 'must have at least 32 characters (try: openssl rand -base64 33)').optional()),
    AUTH_SECRET_PREVIOUS: setting(z.string().refine((value) => listedSecrets(value).every((secret) => secret.length >= 32), 'must list earlier secrets, divided by spaces or commas, each of at least 32 characters').optional()),
    OWNER_EMAIL: setting(z.email('must be an e-mail address').max(100).default(DEFAULT_OWNER)),
    DATA_DIR: setting(z.string().default('.data')),
    TRUST_PROXY: setting(z.coerce.number('must be a number').int('must be a whole number').min(0, 'must be 0 or more').max(10, 'must be 10 or less').default(0)),
    FRESHNESS: setting(z.enum(['fast', 'exact'], 'must be fast or exact').default('fast')),
    CDN: setting(cdn.optional()),
    MAIL_FROM: setting(z.string().refine(isSender, 'must be an e-mail address, such as Our blog <blog@example.com>').optional()),
    SMTP_URL: setting(z.string().refine(isMailServer, 'must be the address of a mail server, such as smtps://user:password@mail.example:465').optional()),
    AUTH_GOOGLE_ID: key(),
    AUTH_GOOGLE_SECRET: key(),
    AUTH_GOOGLE_ISSUER: issuer(),
    AUTH_TWITTER_ID: key(),
    AUTH_TWITTER_SECRET: key(),
    AUTH_TWITTER_ISSUER: issuer(),
    AUTH_FACEBOOK_ID: key(),
    AUTH_FACEBOOK_SECRET: key(),
    AUTH_FACEBOOK_ISSUER: issuer(),
    AUTH_ALLOW_ISSUER_OVERRIDE: setting(z.enum(['0', '1'], 'must be 1 or 0').default('0')),
    AKISMET_KEY: setting(z.string().trim().refine(isAkismetKey, 'must be the key that Akismet gave you, letters and digits alone').optional()),
    AKISMET_URL: setting(z.string().refine(isIssuer, 'must be the base address of a server that speaks as Akismet does, such as http://localhost:9000').transform((value) => value.replace(/\/+$/, '')).default('https://rest.akismet.com')),
    S3_ENDPOINT: setting(z.string().refine(isIssuer, 'must be the address of a server that speaks S3, such as https://s3.example.com').transform((value) => value.replace(/\/+$/, '')).optional()),
    S3_REGION: setting(z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be a region such as eu-central-1').optional()),
    S3_BUCKET: setting(z.string().regex(/^[a-z0-9][a-z0-9._-]{1,62}$/i, 'must be the name of a bucket').optional()),
    S3_ACCESS_KEY_ID: key(),
    S3_SECRET_ACCESS_KEY: key(),
    S3_PREFIX: setting(z.string().regex(/^\/?[\w-]+(\/[\w-]+)*\/?$/, 'must be a path of letters, digits, hyphens and slashes, such as blog/media').transform((value) => `${value.replace(/^\/|\/$/g, '')}/`).optional()),
    S3_FORCE_PATH_STYLE: setting(z.enum(['0', '1'], 'must be 1 or 0').optional()),
    METRICS_TOKEN: setting(z.string().trim().refine(isMetricsToken, 'must have at least 16 letters, digits or signs, without a space (try: openssl rand -hex 24)').optional()),
    LOG_LEVEL: setting(z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).optional()),
  })
  .superRefine((env, context) => {
    if (env.DATABASE_URL && !env.AUTH_SECRET) {
      context.addIssue({ code: 'custom', path: ['AUTH_SECRET'], message: 'is required when DATABASE_URL is set, so that every instance shares it (try: openssl rand -base64 33)' });
    }
    for (const provider of ['GOOGLE', 'TWITTER', 'FACEBOOK'] as const) refuseHalfAProvider(provider, env, context);
    refuseHalfABucket(env, context);
  });

type Providers = Partial<Record<`AUTH_${'GOOGLE' | 'TWITTER' | 'FACEBOOK'}_${'ID' | 'SECRET' | 'ISSUER'}`, string | undefined>> & { SITE_URL?: string | undefined; AUTH_ALLOW_ISSUER_OVERRIDE: string };

function refuseHalfAProvider(provider: 'GOOGLE' | 'TWITTER' | 'FACEBOOK', env: Providers, context: z.RefinementCtx): void {
  const [id, secret, issuerName] = [`AUTH_${provider}_ID`, `AUTH_${provider}_SECRET`, `AUTH_${provider}_ISSUER`] as const;
  const missing = env[id] && !env[secret] ? secret : env[secret] && !env[id] ? id : null;
  if (missing) context.addIssue({ code: 'custom', path: [missing], message: 'is missing: a provider needs its id and its secret' });
  // Whoever sets it decides who is who: on a blog in use that must be meant.
  const isInUse = env.SITE_URL?.startsWith('https:') && !LOOPBACK_HOSTS.includes(new URL(env.SITE_URL).hostname);
  if (env[issuerName] && isInUse && env.AUTH_ALLOW_ISSUER_OVERRIDE !== '1') {
    context.addIssue({ code: 'custom', path: [issuerName], message: 'is for tests and proxies and not taken on a blog in use; set AUTH_ALLOW_ISSUER_OVERRIDE=1 if you mean it' });
  }
}

const BUCKET = ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

/** Files that went to the disk for want of a word would be missed later. */
function refuseHalfABucket(env: Partial<Record<(typeof BUCKET)[number] | 'S3_ENDPOINT', string | undefined>>, context: z.RefinementCtx): void {
  if (!env.S3_ENDPOINT && BUCKET.every((name) => !env[name])) return;
  for (const name of BUCKET) if (!env[name]) context.addIssue({ code: 'custom', path: [name], message: 'is missing: to keep files in a bucket, set S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, and S3_ENDPOINT unless it is at Amazon' });
}

export type Env = z.infer<typeof schema>;

/** A wrong setting: the message has one sentence per setting, each naming it. */
export class SettingsError extends Error {}

/**
 * Reads the settings of contract.md from `source`, blank ones as unset.
 * @throws SettingsError naming every setting that is wrong
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
  throw new SettingsError(sentences.join('\n'));
}

let cached: Env | undefined;

/** The settings of this process, parsed once. */
export function env(): Env {
  return (cached ??= parseEnv(process.env));
}
