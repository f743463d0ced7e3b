import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isSecure } from '../lib/identity/cookies';
import { t } from '../lib/words/t';
import { securityHeaders } from './headers';
import { refusalBody, type Refusal } from './refusal';

const DRAIN_LIMIT_BYTES = 64 * 1024 * 1024;
const DRAIN_PATIENCE_MS = 10_000;
const STALLED_MS = 5 * 60_000;

/**
 * Sends a refusal as a small page. What the client is still sending is read and thrown away, up to a limit, for a
 * connection closed under a sender shows as a reset and not as the answer.
 */
export function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal, security: Record<string, string>): void {
  const { type, body } = refusalBody(refusal, request.headers.accept);
  response.statusCode = refusal.status;
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.setHeader('Cache-Control', 'private, no-store');
  for (const [name, value] of Object.entries({ ...security, ...refusal.headers })) response.setHeader(name, value);
  if (request.complete || request.readableEnded) return void response.end(body);
  if (request.destroyed) return void response.destroy();
  response.setHeader('Connection', 'close');
  response.write(body);
  drain(request, () => response.end());
}

/** Reads what a client is still sending and throws it away, up to a limit, then calls `done`. */
export function drain(request: IncomingMessage, done: () => void): void {
  let size = 0;
  const stop = () => {
    clearTimeout(timer);
    request.off('data', count);
    done();
  };
  const count = (chunk: Buffer) => {
    size += chunk.length;
    if (size > DRAIN_LIMIT_BYTES) stop();
  };
  const timer = setTimeout(stop, DRAIN_PATIENCE_MS);
  request.on('data', count).once('end', stop).once('close', stop).once('error', stop).resume();
}

/**
 * Breaks the connection when its client takes nothing of what is sent for so long: it would hold what the answer is made
 * from, a file or a place in the database, for ever. An answer that waits for its own next piece is left alone.
 */
export function cutWhenStalled(response: ServerResponse, ms = STALLED_MS): void {
  response.setTimeout(ms, () => {
    if (response.writableLength > 0) response.socket?.resetAndDestroy();
  });
}

/** Answers what Node itself cannot read as HTTP, and so gives to no handler. */
export function sendClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const isTooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const status = isTooLong ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const { type, body } = refusalBody({ status: isTooLong ? 414 : 400, sentence: isTooLong ? t('server.headTooLong') : t('server.noRequest') }, undefined);
  const headers = Object.entries(securityHeaders({ path: '/', nonce: '', isHttps: isSecure(), development: false })).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status}\r\n${headers.join('')}Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}
