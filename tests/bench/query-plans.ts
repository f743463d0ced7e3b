import { ask } from './ask';
import { archiveSlug, fillBench, LONG_DISCUSSION, pageOf } from './content';
import type { Measure, Raw, Row } from './measure';
import { fillToMillion } from './million';
import type { Server, World } from './world';

const LARGE_TABLES = ['Post', 'Comment', 'PostCategory', 'PostTag'];

type PlanNode = { 'Node Type': string; 'Relation Name'?: string; Plans?: PlanNode[] };
type Explained = { 'Query Text': string; Plan: PlanNode };

/** Addresses of every kind of page that readers see, by what they are. */
async function readersPages(world: World): Promise<Record<string, string>> {
  const { rows } = await world.sql('million').query<{ author: string; comment: string }>(
    `SELECT (SELECT slug FROM "User" WHERE slug LIKE '%1') AS author, (SELECT "publicId" FROM "Comment" WHERE "postId" = (SELECT id FROM "Post" WHERE slug = $1) ORDER BY "createdAt" DESC LIMIT 1) AS comment`, [LONG_DISCUSSION.split('/')[2]]);
  const { author, comment } = rows[0]!;
  return {
    'front page': '/', 'second page of all posts': '/page/2', 'last pages of all posts': '/page/500', 'post with 100 comments': pageOf(100), 'post of the archive': `/posts/${archiveSlug(2_500)}`,
    'second page of a discussion': `${LONG_DISCUSSION}/comments/2`, 'reply page': `${LONG_DISCUSSION}/reply`, 'reply to a comment': `${LONG_DISCUSSION}/reply/${comment}`, 'permalink of a comment': `/comments/${comment}`,
    'category': '/categories/category-3', 'second page of a category': '/categories/category-3/page/2', 'tag': '/tags/tag-7', 'author': `/authors/${author}`, 'month': '/archive/2020/05',
    'page': '/about', 'privacy': '/privacy', 'nothing there': '/posts/nothing-there', 'old address': '/?p=12', 'old path': '/2016/05/13/some-title', 'old page of comments': `${LONG_DISCUSSION}/comment-page-2`, 'old category': '/category/a/category-3', 'old category by number': '/?cat=3', 'old picture': '/?attachment_id=21',
    'old file': '/wp-content/uploads/2016/05/a.jpg', 'old month': '/2020/05/13', 'old feed': `${pageOf(100)}/feed`, 'year': '/archive/2020', 'search of a phrase': '/search?q=%22children+again%22',
    'feed': '/feed.xml', 'feed of comments': '/comments/feed.xml', 'feed of a post': `${pageOf(100)}/feed.xml`, 'search': '/search?q=children', 'site map': '/sitemap.xml',
  };
}

/** What auto_explain wrote: one JSON document after each such line, its own lines indented by a tab. */
export function plansIn(log: string): Explained[] {
  const found = log.matchAll(/ plan:\n((?:\t.*(?:\n|$))+)/g);
  return [...found].map(([, indented = '']) => JSON.parse(indented.replace(/^\t/gm, '')) as Explained);
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The large tables that a plan reads from end to end. */
export const readWhole = ({ Plan }: Explained): string[] =>
  nodesOf(Plan).flatMap((node) => (node['Node Type'] === 'Seq Scan' && LARGE_TABLES.includes(node['Relation Name'] ?? '') ? [node['Relation Name']!] : []));

async function run(world: World): Promise<Row[]> {
  await world.database('bench', fillBench);
  await world.database('million', fillToMillion, 'bench');
  return [await scansOf(world, 'million', 'a readers’ page', await readersPages(world))];
}

/** How often the pages of a server of its own, on this database, read a large table from end to end. */
export async function scansOf(world: World, database: string, by: string, pages: Record<string, string>, headers: Record<string, string> = {}): Promise<Row> {
  const settings = ["session_preload_libraries = 'auto_explain'", 'auto_explain.log_min_duration = 0', "auto_explain.log_format = 'json'", 'auto_explain.log_nested_statements = on'];
  for (const setting of settings) await world.sql(database).query(`ALTER DATABASE ${database} SET ${setting}`);
  try {
    return await explainAll(world, await world.serve(database), by, pages, headers);
  } finally {
    for (const setting of settings) await world.sql(database).query(`ALTER DATABASE ${database} RESET ${setting.split(' ', 1)[0]}`);
  }
}

async function explainAll(world: World, server: Server, by: string, pages: Record<string, string>, headers: Record<string, string>): Promise<Row> {
  const raw: Raw = {};
  const offences: string[] = [];
  let queries = 0;
  for (const [what, path] of Object.entries(pages)) {
    const from = world.postgresLog().length;
    const { status } = await ask(server.url + path, { headers });
    // The reader of what a page costs is the database itself: its log has every plan before the answer is sent.
    const plans = plansIn(world.postgresLog().slice(from)).filter((plan) => LARGE_TABLES.some((table) => plan['Query Text'].includes(`"${table}"`)));
    const whole = plans.filter((plan) => readWhole(plan).length > 0);
    queries += plans.length;
    raw[`${what} (${path}, ${status}): queries of large tables`] = plans.length;
    offences.push(...whole.map((plan) => `${what}: ${readWhole(plan).join(', ')} in ${plan['Query Text'].replace(/\s+/g, ' ').slice(0, 700)}`));
  }
  if (queries === 0) throw new Error('auto_explain wrote no plan.');
  offences.forEach((offence, index) => { raw[`read from end to end, ${index + 1}`] = offence; });
  return { what: `sequential scans of posts, comments or their link tables by ${by}, at a million comments`, bound: { atMost: 0, unit: 'scans' }, value: offences.length, raw };
}

export const queryPlans: Measure = {
  name: 'plans',
  how: 'auto_explain writes the plan of every query that the production server really makes, with its values, while each kind of page is asked for once: five thousand posts, a million comments.',
  run,
};
