import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { Element, ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toString } from 'hast-util-to-string';
import type { BlogUnderTest } from './blog';

export type RawRequest = { method?: string; path: string; headers?: Record<string, string>; body?: Buffer | string; chunked?: boolean };
export type RawAnswer = { status: number; headers: http.IncomingHttpHeaders; text: string };

/** Sends exactly these bytes: unlike `fetch`, neither the path nor a header is corrected on the way. */
export function sendRaw(blog: BlogUnderTest, { method = 'GET', path, headers = {}, body, chunked = false }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(blog.url);
  const length = body !== undefined && !chunked ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, method, path, headers: { 'x-forwarded-for': `10.9.${randomBytes(1)[0]}.${randomBytes(1)[0]}`, ...length, ...headers } });
    let answered = false;
    request.on('response', (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      const end = () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') });
      response.on('end', end).on('error', end);
    });
    // A server that refuses a body early may close while we still send.
    request.on('error', (error) => { if (!answered) reject(error); });
    request.end(body);
  });
}

export type Fields = Record<string, string | Buffer | { file: string }>;

/** What a browser would send for the form that has this button: its hidden fields and what stands in it. */
export function fieldsOfForm(html: string, button: string): Record<string, string> {
  const isOurs = (element: Element) => element.tagName === 'button' && toString(element).trim() === button;
  const form = elementsOf(fromHtml(html)).find((element) => element.tagName === 'form' && elementsOf(element).some(isOurs));
  if (!form) throw new Error(`No form with a button “${button}”.`);
  const fields: Record<string, string> = {};
  for (const { tagName, properties, ...element } of elementsOf(form)) {
    const name = String(properties.name ?? '');
    const isUnchecked = properties.type === 'checkbox' && !properties.checked;
    if (name === '' || isUnchecked) continue;
    if (tagName === 'input') fields[name] = String(properties.value ?? (properties.type === 'checkbox' || properties.type === 'radio' ? 'on' : ''));
    if (tagName === 'textarea') fields[name] = toString({ type: 'root', children: element.children }).replace(/^\n/, '');
    if (tagName === 'button' && toString({ type: 'root', children: element.children }).trim() === button) fields[name] = String(properties.value ?? '');
  }
  return fields;
}

function elementsOf(parent: Root | ElementContent | Root['children'][number]): Element[] {
  const children = 'children' in parent ? parent.children : [];
  return children.flatMap((child) => (child.type === 'element' ? [child, ...elementsOf(child)] : []));
}

/** A multipart body of exactly these bytes, as a browser frames it. An object's keys that are numbers come first: a list keeps its order. */
export function multipart(fields: Fields | [string, Fields[string]][]): { body: Buffer; headers: Record<string, string> } {
  const boundary = `----tests${randomBytes(8).toString('hex')}`;
  const parts = (Array.isArray(fields) ? fields : Object.entries(fields)).map(([name, value]) => {
    const isFile = typeof value === 'object' && !Buffer.isBuffer(value);
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${isFile ? '; filename="a.txt"\r\nContent-Type: text/plain' : ''}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), Buffer.from(isFile ? value.file : value), Buffer.from('\r\n')]);
  });
  return {
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
