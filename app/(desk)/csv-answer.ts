import { wallClockIn } from '@/lib/site/rules';
import { fileAnswer } from './file-answer';

/** A table as a file for a spreadsheet, named by what it is and the blog's day. */
export const csvAnswer = (pieces: AsyncGenerator<string>, name: string, timeZone: string): Response =>
  fileAnswer(pieces, { type: 'text/csv; charset=utf-8; header=present', name: `${name}-${wallClockIn(new Date(), timeZone).slice(0, 10)}.csv` });
