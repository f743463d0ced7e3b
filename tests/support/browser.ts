import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));
const UNPACKED = path.join(PROJECT_ROOT, 'node_modules/.cache/chromium');

// A test machine may have no graphics, no sandbox for root and no network: the browser asks for none of them.
const QUIET = [
  '--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--no-pings', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-domain-reliability', '--disable-default-apps', '--disable-client-side-phishing-detection', '--disable-breakpad', '--font-render-hinting=none',
];

type Program = { executablePath: string; env: Record<string, string | undefined> };

/**
 * Starts the browser of the end-to-end tests: CHROMIUM_PATH (`package` to pass over what is installed), an installed Chromium or Chrome, Playwright's own where it
 * was downloaded, else the one inside the npm package @sparticuz/chromium (Linux, x64), unpacked at its first use.
 * With a `debuggingPort` a program beside Playwright can drive it too.
 */
export async function launchBrowser({ debuggingPort }: { debuggingPort?: number } = {}): Promise<Browser> {
  const { executablePath, env } = findInstalled() ?? packaged();
  const args = debuggingPort === undefined ? QUIET : [...QUIET, `--remote-debugging-port=${debuggingPort}`];
  return chromium.launch({ executablePath, env: withoutUndefined(env), args });
}

function findInstalled(): Program | undefined {
  if (process.env.CHROMIUM_PATH === 'package') return undefined;
  const executablePath = [process.env.CHROMIUM_PATH, ...INSTALLED, chromium.executablePath()].find((file) => file && existsSync(file));
  return executablePath ? { executablePath, env: process.env } : undefined;
}

function packaged(): Program {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium found. Install Chrome or Chromium, or set CHROMIUM_PATH to one.');
  }
  if (!existsSync(UNPACKED)) unpack();
  return {
    executablePath: path.join(UNPACKED, 'chromium'),
    env: { ...process.env, LD_LIBRARY_PATH: path.join(UNPACKED, 'al2023/lib'), FONTCONFIG_PATH: path.join(UNPACKED, 'fonts') },
  };
}

/** In a process of its own, because the package reads where and what to unpack from the environment. */
function unpack(): void {
  const folder = `${UNPACKED}-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  const script = `import(${JSON.stringify(pathToFileURL(path.join(PROJECT_ROOT, 'node_modules/@sparticuz/chromium/build/esm/index.js')).href)}).then((m) => m.default.executablePath())`;
  // The name of a cloud runtime makes it unpack the libraries that a bare machine lacks (NSS, expat).
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], { env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' } });
  writeFileSync(path.join(folder, 'fonts/fonts.conf'), fontConfiguration());
  try {
    renameSync(folder, UNPACKED);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!existsSync(UNPACKED)) throw error; // another test file was first
  }
}

// The package's own names fixed folders of its cloud.
const fontConfiguration = () => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${UNPACKED}/fonts</dir>
  <cachedir>${UNPACKED}/font-cache</cachedir>
</fontconfig>
`;

function withoutUndefined(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
