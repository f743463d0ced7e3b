import type { IncomingMessage, ServerResponse } from 'node:http';
import { UPLOAD_PATH } from '../lib/media/schema';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const REQUEST_TIME_MS = 60_000;

const hasBody = ({ headers }: IncomingMessage): boolean => headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
const isFile = ({ url = '' }: IncomingMessage): boolean => url === UPLOAD_PATH || url.startsWith(`${UPLOAD_PATH}?`);

/**
 * Cuts off a request whose body does not arrive whole in this time: whoever sends it byte by byte would hold a connection
 * for ever. Files of the library have no such end: they are cut off where nothing comes any more.
 */
export function withinTime(handler: Handler, ms = REQUEST_TIME_MS): Handler {
  return (request, response) => {
    if (hasBody(request) && !isFile(request)) {
      const timer = setTimeout(() => { if (!request.complete) request.socket.destroy(); }, ms);
      timer.unref();
      request.once('close', () => clearTimeout(timer));
      request.once('end', () => clearTimeout(timer));
    }
    handler(request, response);
  };
}
