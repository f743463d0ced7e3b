import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';

// The least that Node can do: a program that answers each path with status, headers and bytes that it was given.
export type BareAnswer = { path: string; status: number; headers: [string, string][]; body: string };

const [port, file] = process.argv.slice(2);
const answers = new Map((JSON.parse(readFileSync(file ?? '', 'utf8')) as BareAnswer[]).map(({ path, status, headers, body }) =>
  [path, { status, headers: Object.fromEntries(headers), body: Buffer.from(body, 'base64') }]));

createServer((request, response) => {
  const answer = answers.get(request.url ?? '');
  if (!answer) return void response.writeHead(request.url === '/readyz' ? 200 : 404).end();
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}).listen(Number(port));
