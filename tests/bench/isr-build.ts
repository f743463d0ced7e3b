import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bringUpToDate, runNode } from '../../server/build-steps';
import { inProject } from '../../server/project';

/** The bench-only build: the blog's own pages, kept by Next itself instead of by the server in front of it. */
export const ISR_FOLDER = inProject('.build/bench-isr');

const COPIED = ['app', 'components', 'lib', 'public', 'tsconfig.json', 'postcss.config.mjs', 'package.json'];
const LAYOUT = 'app/(blog)/layout.tsx';
const POST_PAGE = 'app/(blog)/posts/[slug]/page.tsx';
const DYNAMIC = "export const dynamic = 'force-dynamic';";
// A path to a package, written by someone who is two folders deep; the copy stands two deeper.
const TO_PACKAGE = /(['"])\.\.\/\.\.\/node_modules\//g;

const CONFIG = `
// Next as it is installed: it compresses and hashes itself. What the pages need to build at all is next.config.js's.
export default {
  htmlLimitedBots: /.*/,
  reactMaxHeadersLength: 1,
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: ${JSON.stringify(inProject())} },
  outputFileTracingRoot: ${JSON.stringify(inProject())},
  serverExternalPackages: ['pg', 'pino', '@prisma/client', '@prisma/adapter-pg'],
  images: { unoptimized: true },
  // What a run has kept must not be there in the next, whose database is another.
  experimental: { isrFlushToDisk: false },
};
`;

/** Builds the pages once more under ISR (\`revalidate\`, no parameters known in advance), when their sources have changed. */
export async function buildIsr(databaseUrl: string, signal: AbortSignal | undefined): Promise<void> {
  await bringUpToDate([{
    name: 'bench-isr',
    sources: [...COPIED, 'package-lock.json', 'server/build-fonts.ts', 'tests/bench/isr-build.ts'],
    results: ['.build/bench-isr/.next/BUILD_ID'],
    make: async () => {
      copySources();
      await runNode([inProject('node_modules/next/dist/bin/next'), 'build', ISR_FOLDER], { NODE_ENV: 'production', DATABASE_URL: databaseUrl, SOAPBOX_ENHANCE: '/enhance/enhance.js' }, signal);
    },
  }]);
}

function copySources(): void {
  rmSync(ISR_FOLDER, { recursive: true, force: true });
  mkdirSync(ISR_FOLDER, { recursive: true });
  for (const name of COPIED) cpSync(inProject(name), path.join(ISR_FOLDER, name), { recursive: true });
  writeFileSync(path.join(ISR_FOLDER, 'next.config.js'), CONFIG);
  change(LAYOUT, (text) => text.replace(DYNAMIC, 'export const revalidate = 3600;'));
  change(POST_PAGE, (text) => `${text}\nexport const generateStaticParams = async () => [];\n`);
  for (const file of readdirSync(path.join(ISR_FOLDER, 'components'), { recursive: true, encoding: 'utf8' })) {
    if (/\.(tsx?|css)$/.test(file)) change(path.join('components', file), (text) => text.replace(TO_PACKAGE, '$1../../../../node_modules/'), { always: false });
  }
}

function change(file: string, edit: (text: string) => string, { always } = { always: true }): void {
  const place = path.join(ISR_FOLDER, file);
  const before = readFileSync(place, 'utf8');
  const after = edit(before);
  if (always && after === before) throw new Error(`${file} is not what the bench expects: it could not be put under ISR.`);
  if (after !== before) writeFileSync(place, after);
}
