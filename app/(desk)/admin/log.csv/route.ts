import { notFound } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { site } from '@/app/(blog)/once';
import { mayReadLog } from '@/lib/moderation/log';
import { writeLog } from '@/lib/moderation/log-file';
import { logFilterSchema } from '@/lib/moderation/log-filter';
import { csvAnswer } from '../../csv-answer';
import { deskPerson } from '../desk-person';

export const dynamic = 'force-dynamic';

/** The log as a file for a spreadsheet, as a filter narrows it; written while it is sent, however long it is. */
export async function GET(request: NextRequest): Promise<Response> {
  const person = await deskPerson();
  if (!mayReadLog(person)) notFound();
  const { timeZone } = await site();
  return csvAnswer(writeLog(person, logFilterSchema.parse(Object.fromEntries(request.nextUrl.searchParams)), timeZone), 'decisions', timeZone);
}
