import { createHmac } from 'node:crypto';

/** A keyed hash (HMAC-SHA-256 by AUTH_SECRET) of a value, for one purpose: those of two purposes have nothing in common. 64 hex digits. */
export function keyed(purpose: string, value: string): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: the server or script sets it first.');
  return createHmac('sha256', secret).update(`${purpose}\0${value}`).digest('hex');
}
