import { currentAnswer } from './answer';
import { env } from './env';

/** Where the blog is, for what leaves it: SITE_URL, else the present request's own address, of which the gate takes only this machine's. */
export const siteOrigin = (): string => env().SITE_URL ?? currentAnswer().origin;

/** The same for work that no request has caused: SITE_URL, else where this machine finds it. */
export const homeOrigin = (): string => env().SITE_URL ?? `http://localhost:${env().PORT}`;
