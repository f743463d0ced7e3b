import type { UploadedMedia } from '@/lib/media/schema';
import type { EditorView } from '@/lib/posts/editor';
import type { PostAct, Saved } from '@/lib/posts/post-form';
import type { DetailOfPost } from '@/lib/posts/private-details';
import type { DiscussionState } from '@/lib/posts/schema';
import type { Result } from '@/lib/result';
import type { DiscussionOfPost } from './panel-discussion';

/** What the editor asks of the blog besides saving. Each may be called by anyone with anything. */
export type EditorActions = {
  act: (asked: { id: string; seen: string; tab: string; act: PostAct }) => Promise<Result<Saved>>;
  /** Throws away what readers do not see yet; gives what they see. */
  discard: (asked: { id: string; seen: string }) => Promise<Result<EditorView>>;
  /** What the blog has now; null where it is not there. */
  look: (id: string) => Promise<EditorView | null>;
  /** On: the link that is there, or a new one. Gives its path. */
  preview: (asked: { id: string; isOn: boolean }) => Promise<Result<{ path: string | null }>>;
  trash: (id: string) => Promise<Result<unknown>>;
  restore: (id: string) => Promise<Result<unknown>>;
  details: (id: string) => Promise<DetailOfPost[]>;
  discussion: (id: string) => Promise<DiscussionOfPost | null>;
  /** Makes any HTML safe, as it is when it is saved. */
  clean: (html: string) => Promise<string>;
  /** The figure of a video by its address; null for any other. */
  embed: (address: string) => Promise<string | null>;
  /** A picture of another site, brought here; null where it cannot be had. */
  fetchPicture: (address: string) => Promise<UploadedMedia | null>;
  saveDiscussion: (id: string, state: DiscussionState, form: FormData) => Promise<DiscussionState>;
};
