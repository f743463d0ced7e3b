import { env } from '../env';

/** Whether readers reach the blog by https, so that cookies may say Secure. */
export const isSecure = (): boolean => env().SITE_URL?.startsWith('https:') ?? false;

/** A cookie that no other host, and over https no plain connection, can set in our place. */
export const hostCookie = (name: string): string => (isSecure() ? `__Host-${name}` : name);

/** For a cookie that is read by the server alone. Gone when the browser is closed, unless told otherwise. */
export const hidden = () => ({ path: '/', httpOnly: true, sameSite: 'lax' as const, secure: isSecure() });

/** The name of a cookie of NextAuth's. */
export const ofNextAuth = (name: string): string => hostCookie(`authjs.${name}`);

/** The cookie of a session: NextAuth's own name. */
export const sessionCookieName = (): string => ofNextAuth('session-token');

/** Whether it can be a session's token at all. */
export const isSessionToken = (sent: string | undefined): sent is string => sent !== undefined && /^[\w-]{20,200}$/.test(sent);

/** The session's token in a Cookie header, as sent: nobody has looked yet whether it opens anything. For the server, which knows no Next. */
export function sessionTokenIn(cookieHeader: string | undefined): string | null {
  const start = `${sessionCookieName()}=`;
  const sent = (cookieHeader ?? '').split(';').map((pair) => pair.trim()).find((pair) => pair.startsWith(start))?.slice(start.length);
  return isSessionToken(sent) ? sent : null;
}
