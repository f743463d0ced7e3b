import type { FeedForm } from '../text/feed';
import { postPath } from './rules';

/** The feed of a list or of a post's comments, by the address of that: `/`, `/comments`, `/posts/SLUG`, `/tags/SLUG`. */
export const feedPath = (base: string, form: FeedForm = 'xml'): string => `${base === '/' ? '' : base}/feed.${form}`;

/** Of all comments, and of those on one post. */
export const commentsFeedPath = (form: FeedForm = 'xml'): string => feedPath('/comments', form);
export const postFeedPath = (slug: string, form: FeedForm = 'xml'): string => feedPath(postPath({ kind: 'post', slug }), form);
