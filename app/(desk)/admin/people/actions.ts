'use server';

import { formOf } from '@/lib/answer';
import { env } from '@/lib/env';
import { currentActor } from '@/lib/identity/session';
import { createInvitation, withdrawInvitation } from '@/lib/people/invitations';
import { newInvitationSchema, withdrawSchema, type ActState } from '@/lib/people/schema';
import { done, refusalOf, refused } from './act-state';
import { t } from '@/lib/words/t';

/** Invites somebody, or withdraws an invitation. */
export async function invitationAction(_: ActState, sent: FormData): Promise<ActState> {
  const form = formOf(sent);
  const withdraw = withdrawSchema.safeParse(Object.fromEntries(form));
  if (form.has('withdraw')) return withdraw.success ? withdrawn(withdraw.data.withdraw, form) : refused(refusalOf(withdraw.error, ['withdraw']), form);
  const input = newInvitationSchema.safeParse(Object.fromEntries(form));
  if (!input.success) return refused(refusalOf(input.error, []), form);
  const invited = await createInvitation(await currentActor(), input.data, new Date());
  if (!invited.ok) return refused(invited, form);
  const { email, link } = invited.value;
  const role = t(`people.roles.${invited.value.role}`);
  return env().SMTP_URL ? done(t('desk.people.invitedByMail', { email, role })) : done(t('desk.people.invited', { email, role }), { link });
}

async function withdrawn(id: string, form: FormData): Promise<ActState> {
  const result = await withdrawInvitation(await currentActor(), id);
  return result.ok ? done(t('desk.people.withdrawn', { email: result.value.email }), { undo: result.value }) : refused(result, form);
}
