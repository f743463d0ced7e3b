import type { EditorActions } from '@/components/editor-screen/editor-actions';
import { actAction, detailsAction, discardAction, lookAction, previewAction, restoreAction, trashAction } from './actions';
import { discussionOfPost, saveDiscussion } from './discussion/actions';
import { cleanAction, copyPictureAction, embedAction } from './text-actions';

/** What the editor of a post, new or not, asks of the blog. */
export const editorActions: EditorActions = {
  act: actAction, discard: discardAction, look: lookAction, preview: previewAction, trash: trashAction, restore: restoreAction, details: detailsAction,
  discussion: discussionOfPost, saveDiscussion, clean: cleanAction, embed: embedAction, fetchPicture: copyPictureAction,
};
