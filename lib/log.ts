import pino from 'pino';

/** Structured log lines on standard error; the server sets `level` from the settings once it has read them. */
export const log = pino({ level: 'info', base: null }, pino.destination(2));
