import { z } from './zod';
import { readCdn } from './cdn-address';

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
    OWNER_EMAIL: setting(z.email('must be an e-mail address').max(100).default('owner@example.com')),
    DATA_DIR: setting(z.string().default('.data')),
    TRUST_PROXY: setting(z.coerce.number('must be a number').int('must be a whole number').min(0, 'must be 0 or more').max(10, 'must be 10 or less').default(0)),
    FRESHNESS: setting(z.enum(['fast', 'exact'], 'must be fast or exact').default('fast')),
    CDN: setting(cdn.optional()),
    LOG_LEVEL: setting(z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info')),
  })
  .superRefine((env, context) => {
    if (env.DATABASE_URL && !env.AUTH_SECRET) {
      context.addIssue({ code: 'custom', path: ['AUTH_SECRET'], message: 'is required when DATABASE_URL is set, so that every instance shares it (try: openssl rand -base64 33)' });
    }
  });

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
