import { notFound } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { site } from '@/app/(blog)/once';
import { mayReadLog } from '@/lib/moderation/log';
import { writeLog } from '@/lib/moderation/log-file';
import { logFilterSchema } from '@/lib/moderation/log-filter';
import { wallClockIn } from '@/lib/site/rules';
import { fileAnswer } from '../../file-answer';
import { deskPerson } from '../desk-person';

export const dynamic = 'force-dynamic';

/** The log as a file for a spreadsheet, as a filter narrows it; written while it is sent, however long it is. */
export async function GET(request: NextRequest): Promise<Response> {
  const person = await deskPerson();
  if (!mayReadLog(person)) notFound();
  const { timeZone } = await site();
  const pieces = writeLog(person, logFilterSchema.parse(Object.fromEntries(request.nextUrl.searchParams)), timeZone);
  const today = wallClockIn(new Date(), timeZone).slice(0, 10);
  return fileAnswer(pieces, { type: 'text/csv; charset=utf-8; header=present', name: `decisions-${today}.csv` });
}
