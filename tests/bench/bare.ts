import type { Asked } from './ask';
import type { BareAnswer } from './bare-child';
import { Child } from './child';
import { freePort, type Server, type World } from './world';

const PATIENCE_MS = 30_000;
// Node writes these itself, for both servers.
const OF_NODE = ['date', 'connection', 'keep-alive', 'transfer-encoding'];

/** A bare Node `http` server, a process of its own, that sends these answers again: the same status, headers and bytes. */
export async function serveBare(world: World, answers: ReadonlyMap<string, Asked>): Promise<Server> {
  const file = world.newFile(JSON.stringify([...answers].map(([address, asked]) => bareAnswer(address, asked))));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = world.started(new Child(['--import', 'tsx', 'tests/bench/bare-child.ts', String(port), file], { NODE_ENV: 'production' }));
  await server.untilAnswering(`${url}/readyz`, PATIENCE_MS);
  return { url, process: server };
}

function bareAnswer(address: string, { status, raw, body }: Asked): BareAnswer {
  const pairs = raw.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []));
  return { path: address, status, headers: pairs.filter(([name]) => !OF_NODE.includes(name.toLowerCase())), body: body.toString('base64') };
}
