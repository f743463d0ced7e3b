import { createHash } from 'node:crypto';
import { THEME_SCRIPT } from '../components/layout/theme-script';
import { providerOrigins } from '../lib/identity/offered';
import { isDesk, isOwnPage, isPersonal } from './areas';
import { REFUSAL_STYLE } from './refusal';

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Chromium applies `form-action` to the redirect after a form too: a sign-in leads to a provider. */
const common = (): string[] => ["default-src 'none'", "font-src 'self'", `form-action ${["'self'", ...providerOrigins()].join(' ')}`, "base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'"];

const readersPolicy = (): string => (knownReadersPolicy ??= [
  ...common(),
  `script-src 'self' ${sha256(THEME_SCRIPT)}`,
  `style-src 'self' ${sha256(REFUSAL_STYLE)}`,
  "img-src 'self' data:",
  "media-src 'self'",
  "connect-src 'self'",
  'frame-src https://www.youtube-nocookie.com https://player.vimeo.com',
].join('; '));
// The settings do not change while the process runs.
let knownReadersPolicy: string | undefined;

/** The desk's policy for one answer: Next puts the nonce on its own scripts. */
export const deskPolicy = (nonce: string): string =>
  [...common(), `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`, "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "media-src 'self' blob:", "connect-src 'self'"].join('; ');

// Hot reload evaluates code and speaks over a socket.
const developmentPolicy = (): string => [...common(), "script-src 'self' 'unsafe-inline' 'unsafe-eval'", "style-src 'self' 'unsafe-inline'", "img-src * data:", "media-src 'self'", "connect-src 'self' ws:", 'frame-src *'].join('; ');

const PERMISSIONS = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'browsing-topics'].map((feature) => `${feature}=()`).join(', ');

/** The security headers of every answer, whatever it is. `nonce` is the desk's, new for every answer. */
export function securityHeaders({ path, nonce, isHttps, development }: { path: string; nonce: string; isHttps: boolean; development: boolean }): Record<string, string> {
  const policy = isDesk(path) ? deskPolicy(nonce) : readersPolicy();
  return {
    'Content-Security-Policy': development ? developmentPolicy() : policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': PERMISSIONS,
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    ...(isHttps && { 'Strict-Transport-Security': 'max-age=31536000' }),
  };
}

const ASKED_AGAIN = 'public, max-age=0, must-revalidate';

type Sent = { path: string; method: string; status: number; type: string; hasCookie: boolean; said: string | undefined };

/**
 * The Cache-Control of an answer. A reader's document is kept by the browser and asked for again each time; what is
 * personal, refused or moved is kept nowhere; the rest says itself.
 */
export function cacheControl({ path, method, status, type, hasCookie, said }: Sent): string {
  if (method === 'POST' || hasCookie || isPersonal(path)) return 'private, no-store';
  if (status === 200 && type.startsWith('text/html')) return ASKED_AGAIN;
  return (status === 200 && said) || 'private, no-store';
}

/** What a route says of an answer whose bytes never change under its address: a person's picture, the site's own. */
const isForAWhile = (said: string | undefined): boolean => /^public, max-age=[1-9]\d*(?:, immutable)?$/.test(said ?? '');

/** Whether an answer that is the same for everybody may be kept: one that says so itself, or the page of a missing page. */
export const isKeepable = ({ path, status, cacheControl, hasCookie }: { path: string; status: number; cacheControl: string | undefined; hasCookie: boolean }): boolean =>
  !hasCookie && ((status === 200 && (cacheControl === ASKED_AGAIN || isForAWhile(cacheControl))) || (status === 404 && isOwnPage(path)));
