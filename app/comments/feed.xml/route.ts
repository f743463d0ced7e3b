import { currentAnswer } from '@/lib/answer';
import { commentsFeed } from '@/lib/posts/feed-documents';
import { feedAnswer } from '../../feed-answer';

export const dynamic = 'force-dynamic';

/** The feed of all comments. */
export const GET = async () => feedAnswer(await commentsFeed(currentAnswer().origin, new Date()), { isKept: false });
