import { answerPosts } from '../feeds';

export const dynamic = 'force-dynamic';

export const GET = answerPosts('json');
