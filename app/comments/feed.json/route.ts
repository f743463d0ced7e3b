import { answerComments } from '../../feeds';

export const dynamic = 'force-dynamic';

export const GET = answerComments('json');
