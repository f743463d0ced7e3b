import { currentAnswer } from '@/lib/answer';
import { postsFeed } from '@/lib/posts/feed-documents';
import { feedAnswer } from '../feed-answer';

export const dynamic = 'force-dynamic';

/** The feed of the blog: its newest posts, whole. */
export const GET = async () => feedAnswer(await postsFeed(currentAnswer().origin, new Date()), { isKept: true });
