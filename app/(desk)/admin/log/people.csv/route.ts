import { notFound } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { site } from '@/app/(blog)/once';
import { peopleLogSchema } from '@/lib/people/log-filter';
import { writePeopleLog } from '@/lib/people/people-log';
import { maySeePeople } from '@/lib/people/rules';
import { csvAnswer } from '../../../csv-answer';
import { deskPerson } from '../../desk-person';

export const dynamic = 'force-dynamic';

/** The log of people as a file for a spreadsheet, as a filter narrows it. */
export async function GET(request: NextRequest): Promise<Response> {
  const person = await deskPerson();
  if (!maySeePeople(person)) notFound();
  const { timeZone } = await site();
  return csvAnswer(writePeopleLog(person, peopleLogSchema.parse(Object.fromEntries(request.nextUrl.searchParams)), timeZone), 'people', timeZone);
}
