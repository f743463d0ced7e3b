import pino from 'pino';

/** Structured log lines on standard error; `LOG_LEVEL` (pino's names) decides how many. */
export const log = pino({ level: process.env.LOG_LEVEL ?? 'info', base: null }, pino.destination(2));
