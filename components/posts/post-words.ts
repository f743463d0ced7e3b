import type { PostState } from '@/lib/posts/desk';
import { t } from '@/lib/words/t';

/** How far a post has come, as the desk says it. */
export const stateName = (state: PostState): string => t(`posts.state.${state}`);

/** What a post is called where it has no title. */
export const titleOf = ({ title, kind }: { title: string; kind: 'post' | 'page' }): string => title || t(`posts.untitled.${kind}`);

/** The address at which a post is edited. */
export const editFormPath = (id: string): string => `/admin/posts/${id}`;

/** The address of the form of a post's discussion. */
export const discussionFormPath = (id: string): string => `/admin/posts/${id}/discussion`;
