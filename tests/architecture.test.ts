import { expect, test } from 'vitest';
import { offendingImports } from './support/import-rule';
import { isClientFile, listSourceFiles } from './support/source-files';

const files = listSourceFiles();
const INNER_HTML = ['lib/notifications/letter-html.tsx', 'components/ui/prose.tsx', 'components/layout/document-shell.tsx', 'components/posts/structured-data.tsx'];
const APPS = ['app/(desk)/', 'components/moderation/', 'components/desk/', 'components/editor/', 'components/editor-screen/'];

test('imports go down: app → components → lib, commands → queries → rules → schema', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(offendingImports)).toEqual([]);
});

test.each([
  ['lib/comments/rules.ts', "import { listThreads } from './queries';"],
  ['lib/comments/queries.ts', "import { submitComment } from './commands';"],
  ['lib/comments/schema.ts', "export * from './rules';"],
  ['lib/comments/queries.ts', "import { findPost } from '../posts/queries';"],
  ['lib/comments/rules.ts', "import type { X } from '../moderation/rules';"],
  ['lib/comments/rules.ts', "import { screen } from '../moderation/screening';"],
  ['lib/comments/rules.ts', "import { db } from '../db/client';"],
  ['lib/comments/commands.ts', "import { approve } from '../moderation/commands';"],
  ['lib/comments/commands.ts', "import { currentActor } from '../identity/session';"],
  ['lib/comments/commands.ts', "import { cookies } from 'next/headers';"],
  ['lib/comments/rules.ts', "import { useState } from 'react';"],
  ['lib/comments/commands.ts', "import { signIn } from 'next-auth';"],
  ['lib/comments/commands.ts', "import { Thread } from '@/components/comments/thread';"],
  ['lib/comments/commands.ts', "const late = () => import('../../app/(blog)/page');"],
  ['lib/comments/commands.ts', "const late = () => require('../../server/gate');"],
  ['lib/comments/commands.ts', "import { useDatabase } from '../../tests/support/database';"],
  ['lib/comments/commands.ts', "import { makePost } from '../../prisma/makers';"],
  ['lib/text/slug.ts', "import { MAX } from '../posts/schema';"],
  ['lib/text/slug.ts', "import { db } from '../db/client';"],
  ['lib/result.ts', "import { MAX } from './posts/schema';"],
  ['components/comments/thread.tsx', "import { listThreads } from '@/lib/comments/queries';"],
  ['components/comments/thread.tsx', "import { type ThreadView, listThreads } from '@/lib/comments/queries';"],
  ['components/comments/thread.tsx', "import { submitComment } from '../../lib/comments/commands';"],
  ['components/comments/thread.tsx', "import type { Input } from '@/lib/comments/commands';"],
  ['components/comments/thread.tsx', "import { tokenHash } from '@/lib/identity/tokens';"],
  ['components/comments/thread.tsx', "import { env } from '@/lib/env';"],
  ['components/comments/thread.tsx', "import { commentHtml } from '@/lib/text/comment-text';"],
  ['components/comments/thread.tsx', "import { db } from '@/lib/db/client';"],
  ['components/comments/thread.tsx', "import { action } from '@/app/(blog)/posts/[slug]/actions';"],
  ['components/ui/button.tsx', "import { MAX } from '@/lib/comments/schema';"],
  ['components/ui/button.tsx', "import { Thread } from '../comments/thread';"],
  ['app/(blog)/page.tsx', "import { db } from '@/lib/db/client';"],
  ['app/(blog)/page.tsx', "import type { Tx } from '@/lib/db/client';"],
  ['app/(blog)/page.tsx', "type Post = import('@/lib/db/generated/client').Post;"],
  ['app/(blog)/page.tsx', "import { cookies } from 'next/headers';"],
  ['app/(blog)/page.tsx', "import { gate } from '../../server/gate';"],
  ['server/gate.ts', "import { Page } from '../components/ui/button';"],
  ['server/gate.ts', "import Page from '../app/(blog)/page';"],
  ['scripts/people.ts', "import { useBlog } from '../tests/support/blog';"],
  ['scripts/people.ts', "import { World } from '../tests/bench/world';"],
  ['scripts/bench.ts', "import { useBlog } from '../tests/support/blog';"],
  ['prisma/makers.ts', "import { openDatabase } from '../server/database';"],
])('%s may not say %s', (path, text) => {
  expect(offendingImports({ path, text: `\n${text}\n` })).toEqual([expect.stringContaining(`${path}:2 imports `)]);
});

test.each([
  ['lib/comments/commands.ts', "import { findSite } from '../site/queries';"],
  ['lib/comments/commands.ts', "import { screen } from '../moderation/screening';"],
  ['lib/comments/commands.ts', "import { countReplies } from './counts';"],
  ['lib/comments/queries.ts', "import { inThreads } from './threads';"],
  ['lib/comments/rules.ts', "import { CommentStatus } from '../db/generated/enums';"],
  ['lib/comments/schema.ts', "import type { SafeHtml } from '../text/safe-html';"],
  ['lib/identity/session.ts', "import { cookies } from 'next/headers';"],
  ['components/comments/thread.tsx', "import type { ThreadView } from '@/lib/comments/queries';"],
  ['components/comments/thread.tsx', "import { type ThreadView } from '@/lib/comments/queries';"],
  ['components/comments/thread.tsx', "import { MAX } from '@/lib/comments/schema';"],
  ['components/comments/thread.tsx', "import { inThreads } from '@/lib/comments/threads';"],
  ['components/ui/prose.tsx', "import type { SafeHtml } from '@/lib/text/safe-html';"],
  ['app/(blog)/posts/[slug]/actions.ts', "import { headers } from 'next/headers';"],
  ['server/start.ts', "import { writeSampleBlog } from '../prisma/sample-blog';"],
  ['scripts/bench.ts', "import { World } from '../tests/bench/world';"],
])('%s may say %s', (path, text) => {
  expect(offendingImports({ path, text })).toEqual([]);
});

test('an import in a comment or a string is none', () => {
  const text = "// import { db } from '@/lib/db/client'\nexport const said = \"import { db } from '@/lib/db/client'\";";
  expect(offendingImports({ path: 'app/(blog)/page.tsx', text })).toEqual([]);
});

test('React runs in the browser only at the desk: elsewhere form files alone say use client', () => {
  const offenders = files.filter((file) => isClientFile(file) && !APPS.some((folder) => file.path.startsWith(folder)) && !file.path.endsWith('-form.tsx'));
  expect(offenders.map(({ path }) => path)).toEqual([]);
  expect(isClientFile({ path: 'components/posts/card.tsx', text: "// why\n'use client';\nexport const x = 1;" })).toBe(true);
});

test('zod is taken from lib/zod, which keeps it from making code in the browser', () => {
  const offenders = files.filter(({ path, text }) => path !== 'lib/zod.ts' && /from 'zod(\/|')/.test(text));
  expect(offenders.map(({ path }) => path)).toEqual([]);
});

test('a folder is a noun of the blog: no catch-alls and no barrels', () => {
  const catchAll = /(^|\/)(utils?|helpers?|common|misc|types|services|hooks)(\/|\.[a-z]+$)/;
  const offenders = files.filter(({ path }) => catchAll.test(path) || /(^|\/)index\.[jt]sx?$/.test(path));
  expect(offenders.map(({ path }) => path)).toEqual([]);
});

test('HTML from a string is shown in one place, and the theme script in another', () => {
  const offenders = files.filter(({ path, text }) => !path.startsWith('tests/') && /dangerouslySetInnerHTML|\.innerHTML\s*=/.test(text) && !INNER_HTML.includes(path));
  expect(offenders.map(({ path }) => path)).toEqual([]);
});

test('every test runs: none is skipped, postponed or run alone', () => {
  const evasion = /\b(test|it|describe|suite|bench)(\.\w+)*\.(only|skip|todo|fails|skipIf|runIf)\b|\bctx\.skip\(/;
  const offenders = files.filter(({ path, text }) => path.startsWith('tests/') && evasion.test(text));
  expect(offenders.map(({ path }) => path)).toEqual([]);
  expect(evasion.test(['test', 'skip("x")'].join('.'))).toBe(true);
});

test('types are not switched off', () => {
  const evasion = new RegExp(['@ts-(ignore|nocheck|expect-error)', 'eslint-disable'].join('|'));
  expect(files.filter(({ path, text }) => path !== 'tests/architecture.test.ts' && evasion.test(text)).map(({ path }) => path)).toEqual([]);
});

test('a log goes nowhere but where lib/log.ts writes it, and only starts, stops and commands speak to a terminal', () => {
  const speaks = /\bconsole\.(log|error|warn|info|debug|table|trace|dir)\(|process\.(stdout|stderr)\.write/;
  const ours = files.filter(({ path }) => /^(app|components|lib|server)\//.test(path));
  expect(ours.filter(({ text }) => /from 'pino'/.test(text)).map(({ path }) => path)).toEqual(['lib/log.ts']);
  expect(ours.filter(({ text }) => speaks.test(text)).map(({ path }) => path).sort()).toEqual(['server/migration-engine.ts', 'server/preload.ts', 'server/shut-down.ts', 'server/start.ts']);
});
