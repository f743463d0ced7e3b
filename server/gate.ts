import type { IncomingMessage, ServerResponse } from 'node:http';
import { WRITTEN_FIELDS } from '../lib/comments/schema';
import { isCommentId } from '../lib/ids';
import { WEBMENTION_PATH } from '../lib/mentions/schema';
import { t } from '../lib/words/t';
import { isDesk, isMediaUpload, isMoving, isNextOwn, isRouterData, plainPath } from './areas';
import { cleanHeaders, clientIpOf, originOf, type SiteAddress } from './asker';
import { BODY_LIMIT_BYTES, parseMultipart, readBody } from './form-body';
import { areCallable, isPlainCall } from './action-call';
import { admitJson, jsonLimitOf } from './json-body';
import { notThere, type Refusal } from './refusal';

export type GateRules = SiteAddress & {
  development: boolean;
  /** How much whoever asks may send to a path, where that is more than everybody may; 0: no more. Absent: nobody may. */
  longBodyLimit?: (request: IncomingMessage, path: string) => Promise<number>;
};

/** A request that Next may see: its address decodes, its headers are ours, its body is whole and parses. */
export type Admitted = {
  request: IncomingMessage;
  /** Without a last slash, and with one where there were several. */
  path: string;
  /** `?…` or nothing. */
  search: string;
  /** The address asked for had slashes too many. */
  slashed: boolean;
  origin: string;
  clientIp: string;
  /** As they were sent, shortened. */
  userAgent: string;
  referrer: string;
  /** Of a form, whole. */
  body?: Buffer;
  /** What a person wrote in a plain form, without what the form carries for itself. */
  typed: string[];
};

const METHODS = ['GET', 'HEAD', 'POST'];
const ADDRESS_LIMIT_CHARS = 8 * 1024;
const ACTION_FIELD = /^\$ACTION_(ID_|REF_|KEY|\d+:\d+)/;

/**
 * Stands before Next, which answers bad input with 500 and wrong methods with 200, and lets through or refuses.
 * Refusals: 405 method, 414 and 400 address, 403 a foreign or opaque Origin of a write, 415 a body that is no form,
 * 413 over 1 MiB (counted while it streams; over 4 MiB where somebody is known and may, who announces it), 400 a form that does not
 * parse or belongs to no action. The editor's own addresses take JSON in place of forms.
 * The body of a file, or a piece of one, is left unread, for whoever answers it.
 */
export async function admit(request: IncomingMessage, response: ServerResponse, rules: GateRules): Promise<Admitted | Refusal> {
  const address = request.url ?? '';
  const { search, slashed, ...parts } = partsOf(address);
  const refused = refusalOfMethod(request.method) ?? refusalOfAddress(address, parts.path);
  if (refused) return refused;

  // One way to write a path from here on: an area is known by it, and so is what is kept.
  const path = plainPath(parts.path);
  if (isRouterData(path)) return notThere();
  const origin = originOf(request.headers.host, rules);
  const admitted: Admitted = { request, path, search, slashed, origin, clientIp: clientIpOf(request, rules.trustProxy), ...toldBy(request), typed: [] };
  const refusedOrigin = refusalOfOrigin(request, origin, rules);
  if (refusedOrigin) return refusedOrigin;

  cleanHeaders(request.headers, { origin, clientIp: admitted.clientIp, isDesk: isDesk(path) || isNextOwn(path), development: rules.development });
  request.url = path + search;
  if (request.method !== 'POST') {
    delete request.headers['next-action'];
    return admitted;
  }
  // Who sends a file, or pieces of one, is known before any of it is read.
  if (isMoving(path) || isMediaUpload(path) || (rules.development && isNextOwn(path))) return admitted;
  const limitBytes = jsonLimitOf(path);
  return limitBytes === null ? admitForm(admitted, response, rules) : admitJson(admitted, response, Math.min(limitBytes, await bodyLimitOf(request, path, rules)));
}

const TOLD_CHARS = 500;

function toldBy({ headers }: IncomingMessage): Pick<Admitted, 'userAgent' | 'referrer'> {
  const { referer = '' } = headers;
  return { userAgent: (headers['user-agent'] ?? '').slice(0, TOLD_CHARS), referrer: referer.slice(0, TOLD_CHARS) };
}

function refusalOfMethod(method = ''): Refusal | null {
  if (METHODS.includes(method)) return null;
  return { status: 405, sentence: t('server.method', { methods: METHODS.join(', ') }), headers: { Allow: METHODS.join(', ') } };
}

function refusalOfAddress(address: string, path: string): Refusal | null {
  if (address.length > ADDRESS_LIMIT_CHARS) return { status: 414, sentence: t('server.addressTooLong') };
  const refusal: Refusal = { status: 400, sentence: t('server.addressUnreadable') };
  if (!address.startsWith('/') || address.includes('\\') || /%00/.test(address)) return refusal;
  try {
    // Several slashes are one from here on; those that are encoded would lead to another host.
    const decoded = decodeURIComponent(path);
    const isPlain = !/[\0\\]|^\/\/|(^|\/)\.{1,2}(\/|$)/.test(decoded);
    return isPlain ? null : refusal;
  } catch {
    return refusal;
  }
}

function partsOf(address: string): { path: string; search: string; slashed: boolean } {
  const query = address.indexOf('?');
  const whole = query < 0 ? address : address.slice(0, query);
  const path = whole.replace(/\/{2,}/g, '/').replace(/\/$/, '') || '/';
  return { path, search: query < 0 ? '' : address.slice(query), slashed: whole.length > 1 && path !== whole };
}

function refusalOfOrigin(request: IncomingMessage, accepted: string, rules: GateRules): Refusal | null {
  if (request.method !== 'POST') return null;
  const { origin } = request.headers;
  const isForeign = request.headers['sec-fetch-site'] === 'cross-site' || (origin !== undefined && origin !== accepted);
  if (!isForeign) return null;
  return { status: 403, sentence: t(rules.siteUrl ? 'server.foreign' : 'server.foreignUnnamed', { origin: accepted }) };
}

async function admitForm(admitted: Admitted, response: ServerResponse, rules: GateRules): Promise<Admitted | Refusal> {
  const { request, path } = admitted;
  // Readers' browsers run nothing of Next: only the desk calls actions by script.
  if (!isDesk(path) && !rules.development) delete request.headers['next-action'];
  const isScripted = typeof request.headers['next-action'] === 'string';
  // Other sites tell there of their pages, by the form that the standard names; a browser's own of elsewhere was refused.
  const isToldOfMention = path === WEBMENTION_PATH;
  const isApi = path.startsWith('/api/');
  const [mediaType = '', ...parameters] = (request.headers['content-type'] ?? '').split(';');
  const type = mediaType.trim().toLowerCase();
  const isForm = type === 'multipart/form-data' || (type === 'text/plain' && isScripted) || (type === 'application/x-www-form-urlencoded' && (isApi || isToldOfMention));
  const isEncoded = !['', 'identity'].includes(request.headers['content-encoding'] ?? '');
  if (!isForm || isEncoded) return { status: 415, sentence: t('server.formsOnly') };
  // Next complains to the log where there is none; a foreign one was refused.
  request.headers.origin ??= admitted.origin;
  // Next compares the type letter by letter.
  request.headers['content-type'] = [type, ...parameters].join(';');

  if (request.headers.expect) response.writeContinue();
  const limitBytes = await bodyLimitOf(request, path, rules);
  const body = await readBody(request, limitBytes);
  if (body === 'too-large') return { status: 413, sentence: t('server.tooLarge', { megabytes: String(limitBytes / BODY_LIMIT_BYTES) }) };
  if (body === 'cut-off') return { status: 400, sentence: t('server.formCutOff') };
  const fields = type === 'multipart/form-data' ? await parseMultipart(request.headers, body) : [];
  if (!fields) return { status: 400, sentence: t('server.formDamaged') };
  if (!isScripted && !isApi && type !== 'application/x-www-form-urlencoded' && !fields.some(([name]) => ACTION_FIELD.test(name))) return { status: 400, sentence: t('server.noForm') };
  const isReadable = isScripted ? isPlainCall(fields, type === 'text/plain' ? body.toString('utf8') : null) : areCallable(fields);
  if (!isReadable) return { status: 400, sentence: t('server.formDamagedReload') };
  return { ...admitted, body, typed: isScripted ? [] : typedIn(fields) };
}

/** Only where somebody announces more than everybody may send is it asked who they are. */
async function bodyLimitOf(request: IncomingMessage, path: string, { longBodyLimit }: GateRules): Promise<number> {
  const isLong = Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES;
  return Math.max(BODY_LIMIT_BYTES, isLong ? ((await longBodyLimit?.(request, path)) ?? 0) : 0);
}

function typedIn(fields: [string, string][]): string[] {
  const isTyped = ([name, value]: [string, string]) => WRITTEN_FIELDS.includes(name) && value.trim() !== '' && !isCommentId(value);
  return fields.filter(isTyped).map(([, value]) => value);
}
