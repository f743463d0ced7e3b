import { answerList } from '../../../feeds';

export const dynamic = 'force-dynamic';

export const GET = answerList('tag', 'json');
