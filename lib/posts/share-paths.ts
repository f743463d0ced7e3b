import { postPath } from './rules';

/** The picture by which the blog itself is shared. */
export const SITE_SHARE_PATH = '/share.jpg';

/** That by which a post or page is shared. What stands behind `?v=` makes networks look again when it is another. */
export const sharePath = (post: { kind: 'post' | 'page'; slug: string; updatedAt: Date }): string => `${postPath(post)}/share.jpg?v=${post.updatedAt.getTime().toString(36)}`;
