import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInHelp } from '@/components/identity/sign-in-help';
import { hasDesk } from '@/lib/identity/rules';
import { currentActor } from '@/lib/identity/session';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Sign in', robots: { index: false } };

/** How to sign in; who is signed in already goes on to where they belong. */
export default async function Page() {
  const actor = await currentActor();
  if (actor.kind === 'person') redirect(hasDesk(actor) ? '/admin/comments' : '/');
  return <SignInHelp />;
}
