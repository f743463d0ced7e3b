import pino, { type LoggerOptions } from 'pino';
import { presentRequestId } from './answer';
import { loggedError } from './logged-error';

/** Whoever should ever log these by accident logs nothing: they are, or hold, what is somebody's. */
const NEVER_LOGGED = ['email', 'ip', 'clientIp', 'ipHash', 'userAgent', 'referrer', 'url', 'path', 'query', 'search', 'body', 'headers', 'cookie', 'authorization', 'password', 'token', 'userId', 'name', 'text', 'source'];

/** What is logged where LOG_LEVEL does not say: all that is of use to look back at, but for whoever sits at a terminal, and wants to see only what is wrong. */
export const usualLevel = (): 'warn' | 'info' => (process.stderr.isTTY ? 'warn' : 'info');
const levelOf = (wished = ''): string => (wished.trim() in pino.levels.values ? wished.trim() : usualLevel());

/** How a line is made: one JSON object, with the id of the request during which it is written, and nothing that is somebody's. */
export const LOG_LINES: LoggerOptions = {
  base: null,
  mixin: () => {
    const requestId = presentRequestId();
    return requestId === undefined ? {} : { requestId };
  },
  redact: { paths: NEVER_LOGGED.flatMap((name) => [name, `*.${name}`]), remove: true },
  serializers: { err: loggedError },
  hooks: {
    // Without a sentence of ours pino would take the error's.
    logMethod(words, method) {
      const isUnsaid = typeof words[0] === 'object' && typeof words[1] !== 'string';
      return isUnsaid ? method.call(this, words[0], 'Something was noted.') : method.apply(this, words);
    },
  },
};

/**
 * Structured log lines on standard error. The level is the settings' LOG_LEVEL; the server sets it anew once it has read
 * them from a file, and the threads have it from the environment.
 */
export const log = pino({ ...LOG_LINES, level: levelOf(process.env.LOG_LEVEL) }, pino.destination(2));
