import { env } from '../lib/env';
import { endSessionsByHand, grantRole } from '../lib/identity/commands';
import { issueSignInLink } from '../lib/identity/sign-in-links';
import { listPeople } from '../lib/identity/queries';
import { roleSchema, SIGN_IN_LINK_MINUTES } from '../lib/identity/schema';
import type { Failure } from '../lib/result';
import { runningAddress } from '../server/running-address';
import { withBlog } from './with-blog';

const ROLES = roleSchema.options.join(' | ');
const USAGE = `Usage: npm run people -- grant EMAIL ${ROLES} | list | sign-in-link EMAIL | sign-out EMAIL | sign-out --everybody`;

function refuse({ message }: Failure): number {
  console.error(message);
  return 1;
}

async function grant(email: string, word: string): Promise<number> {
  const role = roleSchema.safeParse(word);
  if (!role.success) {
    console.error(`“${word}” is not a role. Roles are: ${ROLES}.`);
    return 1;
  }
  const granted = await grantRole(email, role.data);
  if (!granted.ok) return refuse(granted);
  console.log(`${granted.value.email} is now ${granted.value.role}.`);
  return 0;
}

async function list(): Promise<number> {
  const people = await listPeople(new Date());
  console.table(people.map(({ email, name, role, standing }) => ({ email: email ?? '–', name: name ?? '–', role, standing })));
  return 0;
}

async function signInLink(email: string): Promise<number> {
  const link = await issueSignInLink(email, new Date());
  if (!link.ok) return refuse(link);
  console.log(`Open this within ${SIGN_IN_LINK_MINUTES} minutes; it works once:`);
  console.log(`${runningAddress(env())}${link.value.path}`);
  return 0;
}

async function signOut(whom: string): Promise<number> {
  const ended = await endSessionsByHand(whom === '--everybody' ? null : whom, new Date());
  if (!ended.ok) return refuse(ended);
  console.log(`Sessions ended: ${ended.value.count}.`);
  return 0;
}

const [command, email, role] = process.argv.slice(2);

if (command === 'list') await withBlog(list);
else if (command === 'grant' && email && role) await withBlog(() => grant(email, role));
else if (command === 'sign-out' && email) await withBlog(() => signOut(email));
else if (command === 'sign-in-link' && email) await withBlog(() => signInLink(email));
else {
  console.error(USAGE);
  process.exit(64);
}
