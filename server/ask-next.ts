import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type DispatchFunc, inject, type Response as Injected } from 'light-my-request';
import { type Answer, withAnswer } from '../lib/answer';

/** Next's request handler. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A request as values, let through by the gate. */
export type Asked = { method: string; url: string; headers: IncomingHttpHeaders; body?: Buffer | undefined };

/** What Next said to it. */
export type Given = { status: number; headers: [name: string, value: string][]; body: Buffer };

/** Asks Next, inside `answer`, to which pages, queries and actions add what Next cannot say. */
export type AskNext = (asked: Asked, answer: Answer) => Promise<Given>;

/** Asks `pages` in this thread, by a request and an answer made for it. HEAD is asked as GET, so that length and hash are the document's. */
export const askHere = (pages: Pages): AskNext => async ({ method, url, headers, body }, answer) => {
  const { statusCode, headers: said, rawPayload } = await new Promise<Injected>((resolve, reject) => {
    const dispatch = (request: IncomingMessage, response: ServerResponse) => {
      withAnswer(answer, () => pages(request, response)).catch(reject);
    };
    const asked = { method: method === 'POST' ? 'POST' as const : 'GET' as const, url, headers: headers as Record<string, string>, payload: body, remoteAddress: answer.clientIp };
    inject(dispatch as unknown as DispatchFunc, asked).then(resolve, reject);
  });
  return { status: statusCode, headers: listed(said), body: rawPayload };
};

const listed = (headers: Record<string, number | string | string[] | undefined>): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [value].flat().map((one): [string, string] => [name, String(one)])));
