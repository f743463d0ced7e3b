/** What a log says of an error: what kind it was and where it happened, nothing of what anybody wrote or is called. */
export type LoggedError = {
  type: string;
  message?: string;
  stack?: string;
  cause?: LoggedError;
  errors?: LoggedError[];
  [fact: string]: unknown;
};

/** How deep causes are followed, how many of an error's errors, frames and letters are told: a line stays a line. */
const DEPTH_MAX = 4;
const ERRORS_MAX = 3;
const FRAMES_MAX = 12;
const FRAME_CHARS = 200;
const MESSAGE_CHARS = 300;
const READ_CHARS = 4_000;

/** A name in a program: neither an address nor a sentence can be written like that. */
const NAME = /^[A-Za-z_$][\w$-]{0,63}$/;
/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SQL_STATE = /^[\dA-Z]{5}$/;
/** What libraries state besides, where it is a name or a number: Node (errno, syscall), PostgreSQL (severity and where), SMTP (responseCode). */
const FACTS = ['code', 'errno', 'syscall', 'responseCode', 'severity', 'table', 'column', 'constraint', 'routine'] as const;
/** Steps of SMTP: `RCPT TO`. */
const COMMAND = /^[A-Z]{2,8}( [A-Z]{2,8})?$/;

// Behind the first of these a message quotes what it was given: values of a query, a server's words, the text that does not parse.
const QUOTING = /["`“„«‘{[<]|=\(|(?<!\w)'/;
const IPV4 = /\d{1,3}(?:\.\d{1,3}){3}/;
const IPV6 = /[\da-f]*:[\da-f.]*:[\da-f:.]*/i;
const HOST = /[\w-]\.[a-z\u00a1-\uffff]{2,}/i;
const LONG = /[\w%-]{20,}/;

function maskedWord(word: string): string {
  if (/@|%40|\uff20/i.test(word)) return '(e-mail)';
  if (word.includes('://')) return '(address)';
  if (IPV4.test(word) || IPV6.test(word)) return '(IP)';
  if (HOST.test(word) || word.includes('/')) return '(address)';
  return LONG.test(word) && /\d/.test(word) ? '(token)' : word;
}

/**
 * The first line of a text without what may be somebody's: e-mail and network addresses, hosts, paths, long tokens, and
 * everything from the first quoted value on. For the messages of libraries, which put there what they were given.
 */
export function masked(text: string): string {
  const [line = ''] = text.slice(0, READ_CHARS).trim().split(/[\r\n\u2028\u2029]/, 1);
  const words: string[] = [];
  for (const word of line.split(/\s+/)) {
    const quoted = word.search(QUOTING);
    if (quoted >= 0) {
      words.push(maskedWord(word) === '(e-mail)' ? '' : maskedWord(word.slice(0, quoted)), '…');
      break;
    }
    words.push(maskedWord(word));
  }
  return words.filter(Boolean).join(' ').slice(0, MESSAGE_CHARS);
}

type Thrown = Record<string, unknown>;

const isObject = (value: unknown): value is Thrown => typeof value === 'object' && value !== null;
const isError = (value: unknown): value is Thrown => value instanceof Error || (isObject(value) && typeof value.message === 'string' && typeof value.stack === 'string');
const nameIn = (value: unknown): string | undefined => (typeof value === 'string' && NAME.test(value) ? value : undefined);

function typeOf(error: Thrown): string {
  // What came from another thread has its name alone, and what a build made has a letter for its class.
  const { name, constructor } = error as { name?: unknown; constructor?: { name?: unknown } };
  return (name !== 'Error' ? nameIn(name) : undefined) ?? nameIn(constructor?.name) ?? 'Error';
}

function factsOf(error: Thrown): Thrown {
  const facts: Thrown = {};
  for (const fact of FACTS) if (typeof error[fact] === 'number' || nameIn(error[fact]) !== undefined) facts[fact] = error[fact];
  if (typeof error.code === 'string' && SQL_STATE.test(error.code)) facts.code = error.code;
  if (typeof error.command === 'string' && COMMAND.test(error.command)) facts.command = error.command;
  if (!isPrisma(error) || !isObject(error.meta)) return facts;
  const { modelName, driverAdapterError } = error.meta as { modelName?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown; kind?: unknown } } };
  const { originalCode, kind } = driverAdapterError?.cause ?? {};
  const sqlState = typeof originalCode === 'string' && SQL_STATE.test(originalCode) ? originalCode : undefined;
  return { ...facts, ...(nameIn(modelName) && { model: modelName }), ...(sqlState && { sqlState }), ...(nameIn(kind) && { kind }) };
}

const isPrisma = (error: Thrown): boolean => 'clientVersion' in error || typeOf(error).startsWith('Prisma');

function messageOf(error: Thrown): string {
  // Prisma prints the whole call, with the values of all its arguments, in a form of its own.
  if (isPrisma(error)) return '';
  if (nameIn(error.syscall) && nameIn(error.code)) return `${String(error.syscall)} ${String(error.code)}`;
  return masked(String(error.message));
}

const LOCATION = String.raw`(?:file:\/\/|node:|webpack|\/|[A-Za-z]:[\\/])(?:[^@?()\n]|(?<=\/)@(?=[\w-]+\/))*:\d+:\d+|<anonymous>|native`;
const FRAME = new RegExp(String.raw`^\s+at (?:[\w$.<>#[\] ]{1,100} \((?:${LOCATION})\)|(?:async )?(?:${LOCATION}))$`);

/** The frames alone: what stands before them is the message once more. */
function framesOf({ stack, message }: Thrown): string {
  if (typeof stack !== 'string') return '';
  const said = typeof message === 'string' && message !== '' ? stack.indexOf(message) : -1;
  const lines = (said < 0 ? stack : stack.slice(said + String(message).length)).split('\n');
  const begin = lines.findLastIndex((line) => line.trim() !== '' && !/^\s+at /.test(line)) + 1;
  const frames = lines.slice(begin).filter((line) => line.length <= 4 * FRAME_CHARS && FRAME.test(line));
  return frames.slice(0, FRAMES_MAX).map((line) => line.replaceAll(`${process.cwd()}/`, '').trimEnd().slice(0, FRAME_CHARS)).join('\n');
}

function read(error: unknown, depth: number): LoggedError {
  if (!isError(error)) return { type: isObject(error) ? typeOf(error) : typeof error, ...(typeof error === 'string' && { message: masked(error) }) };
  const [message, stack] = [messageOf(error), framesOf(error)];
  const errors = depth < DEPTH_MAX && Array.isArray(error.errors) ? (error.errors as unknown[]).filter(isError).slice(0, ERRORS_MAX) : [];
  return {
    type: typeOf(error), ...(message && { message }), ...factsOf(error), ...(stack && { stack }),
    ...(errors.length > 0 && { errors: errors.map((one) => read(one, depth + 1)) }),
    ...(depth < DEPTH_MAX && isError(error.cause) && { cause: read(error.cause, depth + 1) }),
  };
}

/**
 * What may be logged of whatever was thrown. Never throws, and never changes what it is given. Prisma quotes the values of
 * a query, nodemailer the addresses of a mail, fetch an address with its tokens: of a message only what is left by `masked`.
 */
export function loggedError(error: unknown): LoggedError {
  try {
    return read(error, 1);
  } catch {
    // A getter that throws, a proxy.
    return { type: 'Error' };
  }
}
