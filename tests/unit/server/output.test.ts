import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { inProject } from '@/server/project';

const PROGRAM = `
  const { outliveOutput } = await import('./server/output.ts');
  if (process.argv[1] === 'outlive') outliveOutput();
  process.on('uncaughtException', () => process.exit(7));
  console.log('begun');
  process.stdin.once('data', () => {
    for (let line = 0; line < 20; line += 1) setTimeout(() => { console.log('line'); console.error('line'); }, line);
    setTimeout(() => process.exit(0), 100);
  });
`;

/** Runs a program that goes on printing after its readers have gone; its exit code. */
function printToNobody(word: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', PROGRAM, word], { cwd: inProject(), stdio: 'pipe' });
    child.on('error', reject).on('close', resolve);
    const readers = [child.stdout, child.stderr];
    child.stdout.once('data', () => {
      void Promise.all(readers.map((reader) => once(reader, 'close'))).then(() => child.stdin.write('go'));
      readers.forEach((reader) => reader.destroy());
    });
  });
}

test('a process whose readers have gone goes on', async () => {
  expect(await printToNobody('outlive')).toBe(0);
});

test('without it the first line printed to nobody is an error', async () => {
  expect(await printToNobody('')).toBe(7);
});
