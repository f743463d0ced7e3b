import pLimit from 'p-limit';
import type { OldAddress } from './old-addresses';

/** How an address answered: a page at once, one redirect to one, nothing there, or what must never be. */
export type Outcome = 'page' | 'moved' | 'nowhere' | 'wrong';
export type Crawled = OldAddress & { outcome: Outcome; said: string };

type Ask = (path: string) => Promise<Response>;

const AT_ONCE = 8;

async function asked(ask: Ask, one: OldAddress): Promise<Crawled> {
  const first = await ask(one.address);
  await first.body?.cancel();
  const to = first.headers.get('location');
  if (first.status === 200) return judged(one, 'page', '200');
  if (first.status === 404) return judged(one, 'nowhere', '404');
  if (first.status !== 308 || !to?.startsWith('/') || to.startsWith('//')) return { ...one, outcome: 'wrong', said: `${first.status} ${to ?? ''}`.trim() };
  const second = await ask(to);
  await second.body?.cancel();
  return second.status === 200 ? judged(one, 'moved', `308 ${to}`) : { ...one, outcome: 'wrong', said: `308 ${to} ${second.status}` };
}

function judged(one: OldAddress, outcome: Outcome, said: string): Crawled {
  const isRight = one.expected === 'perhaps' || (one.expected === 'nowhere') === (outcome === 'nowhere');
  return { ...one, outcome: isRight ? outcome : 'wrong', said };
}

/** Asks for each address, and for where it leads; `ask` follows no redirect. In the order of the addresses. */
export async function crawl(ask: Ask, addresses: AsyncIterable<OldAddress>): Promise<Crawled[]> {
  const limit = pLimit(AT_ONCE);
  const under: Promise<Crawled>[] = [];
  for await (const one of addresses) under.push(limit(() => asked(ask, one)));
  return Promise.all(under);
}

const line = (cells: (string | number)[]) => cells.map((cell, index) => (index === 0 ? String(cell).padEnd(26) : String(cell).padStart(8))).join('');

/** What was found as a table, and below it everything that is wrong, and what leads nowhere that perhaps should. */
export function crawlTable(crawled: Crawled[]): string {
  const kinds = [...new Set(crawled.map(({ what }) => what))];
  const count = (what: string, outcome: Outcome) => crawled.filter((one) => one.what === what && one.outcome === outcome).length;
  const rows = kinds.map((what) => line([what, count(what, 'page'), count(what, 'moved'), count(what, 'nowhere'), count(what, 'wrong')]));
  const listed = (title: string, some: Crawled[]) => (some.length === 0 ? [] : ['', title, ...some.slice(0, 200).map(({ address, what, said }) => `  ${address}  (${what}: ${said})`)]);
  return [
    line(['', '200', '308→200', '404', 'wrong']), ...rows,
    ...listed('Wrong:', crawled.filter(({ outcome }) => outcome === 'wrong')),
    ...listed('Nowhere, and perhaps rightly:', crawled.filter(({ outcome, expected }) => outcome === 'nowhere' && expected === 'perhaps')),
  ].join('\n');
}
