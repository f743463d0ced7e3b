import type { PostState } from '@/lib/posts/desk';
import type { DeskTab } from '@/lib/posts/desk-filter';

/** How far a post has come, as the desk says it. */
export const STATE_NAMES: Record<PostState, string> = { draft: 'Draft', scheduled: 'Scheduled', published: 'Published', unlisted: 'Unlisted', private: 'Private', password: 'With a password' };

/** What a post is called where it has no title. */
export const titleOf = ({ title, kind }: { title: string; kind: 'post' | 'page' }): string => title || (kind === 'post' ? 'A post without a title' : 'A page without a title');

/** What the parts of the desk's list are called. */
export const TAB_NAMES: Record<DeskTab, string> = { all: 'All', published: 'Published', drafts: 'Drafts', scheduled: 'Scheduled', private: 'Private', trash: 'Trash' };

/** The address at which a post is edited. */
export const editFormPath = (id: string): string => `/admin/posts/${id}`;

/** The address of the form of a post's discussion. */
export const discussionFormPath = (id: string): string => `/admin/posts/${id}/discussion`;
