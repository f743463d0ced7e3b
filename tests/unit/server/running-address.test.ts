import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseEnv } from '@/lib/env';
import { forgetAddress, noteAddress, runningAddress } from '@/server/running-address';

function dataDir(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'soapbox-address-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const settings = (given: Record<string, string>, DATA_DIR: string) => parseEnv({ DATA_DIR, ...given });

test('a command started without the port of the running blog prints its address all the same', () => {
  const server = settings({ PORT: '4567' }, dataDir());
  noteAddress(server);
  expect(runningAddress(settings({}, server.DATA_DIR))).toBe('http://localhost:4567');
  forgetAddress(server);
  forgetAddress(server);
  expect(runningAddress(settings({}, server.DATA_DIR))).toBe('http://localhost:3000');
});

test('SITE_URL is the address, whatever a server noted', () => {
  const server = settings({ PORT: '4567' }, dataDir());
  noteAddress(server);
  expect(runningAddress(settings({ SITE_URL: 'https://blog.example/' }, server.DATA_DIR))).toBe('https://blog.example');
});
