import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, withAnswer } from '../lib/answer';
import { noteFault } from '../lib/faults';
import { log } from '../lib/log';
import { isDesk, isNextOwn, isOwnPage, isPersonal, OWN_PAGES } from './areas';
import { SPECULATION_RULES } from './files';
import type { Admitted } from './gate';
import { cacheControl, securityHeaders } from './headers';
import { holdAnswer } from './held-answer';
import type { Refusal } from './refusal';
import { sendBody, sendRefusal } from './send';
import { toDocument } from './to-document';

export type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type NextRules = {
  /** Next's request handler. */
  pages: Pages;
  isHttps: boolean;
  development: boolean;
  /** The document of OWN_PAGES, or null when it cannot be had. */
  ownPage: (status: 404 | 500, origin: string) => Promise<string | null>;
  /** Whether the database answers and has for a while, asked when a page has failed: if not, that is why. */
  isDatabaseSteady: () => Promise<boolean>;
};

/** One request, let through by the gate, and the answer that is being made for it. */
export type Exchange = {
  rules: NextRules;
  admitted: Admitted;
  method: string;
  answer: Answer;
  response: ServerResponse;
  /** Given what is to be said in place of a page. Absent: said to the asker at once. */
  onRefusal?: (refusal: Refusal) => void;
};

// What stands in the empty shell that Next leaves to its runtime in the browser, and in its older router's.
const ERROR_SHELLS = ['id="__next_error__"', 'id="__NEXT_DATA__"'];
const UNAVAILABLE = { status: 503, sentence: 'The blog cannot reach its database just now. Nothing is lost; please try again in a moment.', headers: { 'Retry-After': '5' } };
export const FAILED = { status: 500, sentence: 'The blog could not show this. It has been noted; please try again later.' };

/** Lets Next answer, and does what it leaves to do: the real status, a document, headers, and what it would leave empty. */
export async function answerByNext(exchange: Exchange): Promise<void> {
  const { rules, admitted, method, answer, response } = exchange;
  // Node still sends no body for HEAD; Next renders one, so that its length and hash are the document's.
  if (method === 'HEAD') admitted.request.method = 'GET';
  if (!(rules.development && isNextOwn(admitted.path))) holdAnswer(response, { beforeHead: () => completeHead(exchange), finish: (body) => finish(exchange, body) });
  await withAnswer(answer, () => rules.pages(admitted.request, response));
}

function completeHead({ admitted, method, answer, response }: Exchange): void {
  response.removeHeader('x-powered-by');
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  if (response.statusCode === 200 && answer.status) response.statusCode = answer.status;
  const said = response.getHeader('cache-control');
  response.setHeader('Cache-Control', cacheControl({
    path: admitted.path, method, status: response.statusCode, type: String(response.getHeader('content-type') ?? ''),
    hasCookie: response.hasHeader('set-cookie'), said: said === undefined ? undefined : String(said),
  }));
}

async function finish(exchange: Exchange, body: Buffer): Promise<void> {
  const { rules, admitted, answer, response } = exchange;
  if (response.hasHeader('x-nextjs-action-not-found') && admitted.request.headers['next-action'] === undefined) return refuseStaleForm(exchange);
  if (response.statusCode >= 500 && !(await rules.isDatabaseSteady())) return refuse(exchange, withTyped(UNAVAILABLE, admitted.typed));
  if (response.statusCode >= 500 && admitted.typed.length > 0) return refuse(exchange, withTyped(FAILED, admitted.typed));
  const isHtml = String(response.getHeader('content-type') ?? '').startsWith('text/html');
  const isOwn = isOwnPage(admitted.path);
  if (isOwn && response.statusCode === 200) answer.status = 404;
  const emptied = emptiedStatus(exchange, isHtml, body);
  const html = emptied ? (isOwn ? null : await rules.ownPage(emptied, admitted.origin)) : isHtml ? body.toString('utf8') : null;
  if (emptied && html === null) return refuse(exchange, emptied === 404 ? { status: 404, sentence: 'There is no page at this address.' } : FAILED);
  if (redirectsToSlashless(exchange)) return;
  if (response.hasHeader('location')) return sendRedirect(exchange);

  if (emptied) applyReadersPolicy(exchange);
  completeHead(exchange);
  const isDocument = html !== null && !rules.development && (emptied !== null || !isDesk(admitted.path));
  const isForReaders = isDocument && !isPersonal(admitted.path);
  if (isForReaders) response.setHeader('Speculation-Rules', `"${SPECULATION_RULES}"`);
  // What stands in for an empty page is a document already.
  const sent = html === null ? body : Buffer.from(isDocument && !emptied ? documentOf(html, admitted.path) : html);
  await sendBody(admitted.request, response, sent, { validated: isForReaders && response.statusCode === 200 && exchange.method !== 'POST' });
}

const documentOf = (html: string, path: string): string => toDocument(html, (what) => noteFault(`A page goes out heavier than it should, for what Next makes is not as expected: ${what}.`, path));

/** `notFound()` and thrown errors leave a body that only Next's runtime in the browser would fill. */
function emptiedStatus({ admitted, response: { statusCode: status } }: Exchange, isHtml: boolean, body: Buffer): 404 | 500 | null {
  const isUnsaid = body.length === 0 || (status >= 500 && body.equals(Buffer.from('Internal Server Error')));
  const isEmpty = isHtml ? isNextOwn(admitted.path) || ERROR_SHELLS.some((shell) => body.includes(shell)) : isUnsaid;
  if (!isEmpty) return null;
  return status === 404 ? 404 : status >= 500 ? 500 : null;
}

function applyReadersPolicy({ rules: { isHttps, development }, response }: Exchange): void {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  const headers = securityHeaders({ path: OWN_PAGES[404], nonce: '', isHttps, development });
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** A page that exists under its address without the last slash. What the page itself redirects stands: one hop. */
function redirectsToSlashless(exchange: Exchange): boolean {
  const { admitted, method, response } = exchange;
  if (!admitted.slashed || method === 'POST' || response.statusCode !== 200) return false;
  response.statusCode = 308;
  response.removeHeader('set-cookie');
  response.setHeader('Location', admitted.path + admitted.search);
  sendRedirect(exchange);
  return true;
}

/** A redirect needs no body; Next's would be an empty shell. */
function sendRedirect(exchange: Exchange): void {
  const { response } = exchange;
  for (const name of ['content-type', 'content-length', 'transfer-encoding', 'vary']) response.removeHeader(name);
  completeHead(exchange);
  response.setHeader('Content-Length', 0);
  response.end();
}

/** What was typed into a form that could not be taken comes back, to be copied. */
const withTyped = (refusal: Refusal, typed: string[]): Refusal =>
  typed.length > 0 ? { ...refusal, sentence: `${refusal.sentence} What you typed is below.`, typed } : refusal;

/** A form from before an upgrade names an action that is no more. What was typed comes back, to be copied. */
function refuseStaleForm(exchange: Exchange): void {
  const { typed } = exchange.admitted;
  const advice = typed.length > 0 ? 'What you typed is below: copy it, go back, reload the page and send it again.' : 'Go back, reload the page and send it again.';
  refuse(exchange, { status: 409, sentence: `The blog was renewed since this page was opened, so its form could not be taken. ${advice}`, typed });
}

function refuse({ admitted, answer, response, onRefusal }: Exchange, refusal: Refusal): void {
  log.warn({ requestId: answer.requestId, path: admitted.path, status: refusal.status }, refusal.sentence);
  if (onRefusal) return onRefusal(refusal);
  for (const name of ['content-length', 'transfer-encoding', 'content-encoding', 'set-cookie', 'x-nextjs-action-not-found']) response.removeHeader(name);
  sendRefusal(admitted.request, response, refusal);
}
