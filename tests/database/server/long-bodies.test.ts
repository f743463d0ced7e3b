import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { sessionHash } from '@/lib/identity/tokens';
import { makeUser } from '@/prisma/makers';
import { LONG_BODY_LIMIT_BYTES } from '@/server/form-body';
import { longBodyLimit } from '@/server/long-bodies';
import { useDatabase } from '@/tests/support/database';

useDatabase();
const tokens: Partial<Record<Role, string>> = {};

beforeEach(async () => {
  for (const role of ['reader', 'author', 'moderator', 'owner'] as const) {
    const [{ id: userId }, token] = [await makeUser({ role, emailVerified: new Date() }), newId()];
    await db().session.create({ data: { id: newId(), sessionToken: sessionHash(token), userId, expires: new Date(Date.now() + 3_600_000) } });
    tokens[role] = token;
  }
});

function from(token: string | undefined): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  if (token) request.headers.cookie = `authjs.session-token=${token}`;
  return request;
}

test.each<[string, (Role | 'nobody')[]]>([
  ['/admin/rules', ['owner']],
  ['/admin/posts/save', ['author', 'owner']],
  ['/admin/posts/01940000-0000-7000-8000-000000000001', ['author', 'owner']],
  ['/admin/settings', []], ['/posts/a-slug', []], ['/admin/postscript', []],
])('to %s only %j may send a long text', async (path, allowed) => {
  for (const who of ['nobody', 'reader', 'author', 'moderator', 'owner'] as const) {
    const request = from(who === 'nobody' ? undefined : tokens[who]);
    expect([who, await longBodyLimit(request, path)]).toEqual([who, allowed.includes(who) ? LONG_BODY_LIMIT_BYTES : 0]);
  }
});
