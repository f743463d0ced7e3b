import type { Answer } from '../lib/answer';
import { noteFault } from '../lib/faults';
import { log } from '../lib/log';
import { t } from '../lib/words/t';
import { kindOfAddress } from './address-kinds';
import { isDesk, isNextOwn, isOwnPage, isPersonal, OWN_PAGES } from './areas';
import type { Asked, AskNext } from './ask-next';
import { SPECULATION_RULES } from './files';
import type { Admitted } from './gate';
import { cacheControl, securityHeaders } from './headers';
import { notThere, type Refusal } from './refusal';
import { toDocument } from './to-document';
import { type Header, WholeAnswer } from './whole-answer';

export type NextRules = {
  ask: AskNext;
  isHttps: boolean;
  development: boolean;
  /** The document of OWN_PAGES, or null when it cannot be had. */
  ownPage: (status: 404 | 500, origin: string) => Promise<string | null>;
  /** Whether the database answers and has for a while, asked when a page has failed: if not, that is why. */
  isDatabaseSteady: () => Promise<boolean>;
  /** Whether it is away, as of a moment ago: cheap to ask. */
  isDatabaseAway: () => Promise<boolean>;
};

/** One request, let through by the gate, as values. */
export type Exchange = {
  rules: NextRules;
  asked: Asked;
  admitted: Pick<Admitted, 'path' | 'search' | 'slashed' | 'origin' | 'typed'>;
  answer: Answer;
  /** The desk's, for this answer alone. */
  nonce: string;
};

/** What Next said, and what is made of it before it becomes an answer. */
type Given = { status: number; headers: Headers; body: Buffer };

// What stands in the empty shell that Next leaves to its runtime in the browser, and in its older router's.
const ERROR_SHELLS = ['id="__next_error__"', 'id="__NEXT_DATA__"'];
const unavailable = (): Refusal => ({ status: 503, sentence: t('server.databaseAwayNothingLost'), headers: { 'Retry-After': '5' } });
export const busy = (): Refusal => ({ status: 503, sentence: t('server.busy'), headers: { 'Retry-After': '2' } });
const noRoom = (): Refusal => ({ status: 503, sentence: t('server.noRoom'), headers: { 'Retry-After': '60' } });
export const failed = (): Refusal => ({ status: 500, sentence: t('server.failed') });
const HTML = 'text/html; charset=utf-8';

/**
 * Lets Next answer, and does what it leaves to do: the real status, a document, headers, and what it would leave empty.
 * A refusal is what is to be said in place of a page.
 */
export async function answerByNext(exchange: Exchange): Promise<WholeAnswer | Refusal> {
  const { rules, asked, admitted: { path, search, slashed, origin }, answer } = exchange;
  const said = await rules.ask(asked, answer);
  const given: Given = { ...said, headers: new Headers(said.headers) };
  const refusal = await refusalOf(exchange, given);
  if (refusal) return noted(exchange, refusal);
  const isOwn = isOwnPage(path);
  if (isOwn && given.status === 200) answer.status = 404;
  const emptied = emptiedStatus(path, given);
  if (emptied) {
    const page = isOwn ? null : await rules.ownPage(emptied, origin);
    if (page === null) return noted(exchange, emptied === 404 ? notThere() : failed());
    return completed(exchange, { status: given.status, headers: new Headers({ 'content-type': HTML }), body: Buffer.from(page) }, OWN_PAGES[404]);
  }
  // A page that exists under its address without the last slash. What the page itself redirects stands: one hop.
  if (slashed && asked.method !== 'POST' && given.status === 200) return redirected(exchange, { status: 308, headers: new Headers({ location: path + search }) });
  if (given.headers.has('location')) return redirected(exchange, given);
  return completed(exchange, isHtml(given) && !rules.development && !isDesk(path) ? asDocument(path, given) : given);
}

const isHtml = ({ headers }: Given): boolean => headers.get('content-type')?.startsWith('text/html') === true;

async function refusalOf({ rules, asked, answer, admitted: { typed } }: Exchange, { status, headers }: Given): Promise<Refusal | null> {
  if (headers.has('x-nextjs-action-not-found') && asked.headers['next-action'] === undefined) return staleForm(typed);
  if (status >= 500 && !(await rules.isDatabaseSteady())) return withTyped(unavailable(), typed);
  if (status >= 500 && answer.shortOf) return withTyped(answer.shortOf === 'room' ? noRoom() : busy(), typed);
  return status >= 500 && typed.length > 0 ? withTyped(failed(), typed) : null;
}

/** `notFound()` and thrown errors leave a body that only Next's runtime in the browser would fill. */
function emptiedStatus(path: string, given: Given): 404 | 500 | null {
  const { status, body } = given;
  const isUnsaid = body.length === 0 || (status >= 500 && body.equals(Buffer.from('Internal Server Error')));
  const isEmpty = isHtml(given) ? isNextOwn(path) || ERROR_SHELLS.some((shell) => body.includes(shell)) : isUnsaid;
  if (!isEmpty) return null;
  return status === 404 ? 404 : status >= 500 ? 500 : null;
}

function asDocument(path: string, { status, headers, body }: Given): Given {
  const document = toDocument(body.toString('utf8'), (what) => noteFault(`A page goes out heavier than it should, for what Next makes is not as expected: ${what}.`, path));
  if (!isPersonal(path)) headers.set('speculation-rules', `"${SPECULATION_RULES}"`);
  return { status, headers, body: Buffer.from(document) };
}

/** A redirect needs no body; Next's would be an empty shell. */
function redirected(exchange: Exchange, { status, headers }: Pick<Given, 'status' | 'headers'>): WholeAnswer {
  for (const name of ['content-type', 'vary']) headers.delete(name);
  return completed(exchange, { status, headers, body: Buffer.alloc(0) });
}

/** `policyPath`: the path whose policy it has, where it is not its own. */
function completed({ rules: { isHttps, development }, asked: { method }, admitted: { path }, answer, nonce }: Exchange, given: Given, policyPath = path): WholeAnswer {
  const { headers, body } = given;
  const status = given.status === 200 && answer.status ? answer.status : given.status;
  for (const [name, value] of Object.entries({ ...securityHeaders({ path: policyPath, nonce, isHttps, development }), ...answer.headers })) headers.set(name, value);
  if (!isDesk(path)) for (const name of [...headers.keys()]) if (name.startsWith('x-nextjs-')) headers.delete(name);
  headers.delete('x-powered-by');
  const said = headers.get('cache-control') ?? undefined;
  headers.set('cache-control', cacheControl({ path, method, status, type: headers.get('content-type') ?? '', hasCookie: headers.has('set-cookie'), said }));
  const isPublic = headers.get('cache-control')?.startsWith('public') === true;
  const isValidated = (isHtml(given) || isPublic) && !development && status === 200 && method !== 'POST' && !isPersonal(path);
  return new WholeAnswer(status, [...headers] as Header[], body, { validated: isValidated });
}

/** What was typed into a form that could not be taken comes back, to be copied. */
const withTyped = (refusal: Refusal, typed: string[]): Refusal =>
  typed.length > 0 ? { ...refusal, sentence: `${refusal.sentence} ${t('server.typedBelow')}`, typed } : refusal;

/** A form from before an upgrade names an action that is no more. */
function staleForm(typed: string[]): Refusal {
  return { status: 409, sentence: t(typed.length > 0 ? 'server.staleFormTyped' : 'server.staleForm'), typed };
}

function noted({ admitted: { path }, answer }: Exchange, refusal: Refusal): Refusal {
  log.warn({ requestId: answer.requestId, kind: kindOfAddress(path), status: refusal.status }, refusal.sentence);
  return refusal;
}
