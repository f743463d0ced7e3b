import { showing } from '../answer';
import { db, type Tx } from '../db/client';
import { SITE_DEFAULTS } from './schema';

/** So many days after a post came out its comments close, unless somebody chose otherwise for it; 0: never. */
export async function findCloseAfterDays(tx: Tx = db()): Promise<number> {
  showing('site');
  const site = await tx.site.findFirst({ orderBy: { id: 'asc' }, select: { closeAfterDays: true } });
  return site?.closeAfterDays ?? SITE_DEFAULTS.closeAfterDays;
}
