import type { Tx } from '../db/client';
import { newId } from '../ids';

export async function sendMail(tx: Tx, mail: { to: string; subject: string; text: string; html: string; expires?: Date }, now: Date): Promise<void> {
  await tx.mail.create({ data: { id: newId(), ...mail, createdAt: now } });
}
