import { answerPostComments } from '../../../feeds';

export const dynamic = 'force-dynamic';

export const GET = answerPostComments('json');
