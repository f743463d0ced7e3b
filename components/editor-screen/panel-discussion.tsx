'use client';

import { DiscussionForm, type ToldRules } from '@/components/posts/discussion-form';
import type { DeskDiscussion } from '@/lib/posts/desk';
import type { DiscussionState } from '@/lib/posts/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

export type DiscussionOfPost = { post: DeskDiscussion; rules: ToldRules };

type Props = {
  /** Null: it is on its way. */
  discussion: DiscussionOfPost | null;
  isThere: boolean;
  site: SiteLocale;
  save: (state: DiscussionState, form: FormData) => Promise<DiscussionState>;
};

/** How the post is discussed: a form of its own, which acts at once. */
export function PanelDiscussion({ discussion, isThere, site, save }: Props) {
  if (!isThere) return <p className="field-hint">{t('editor.panel.discussionLater')}</p>;
  if (!discussion) return <p className="field-hint">{t('editor.panel.discussionComing')}</p>;
  return (
    <>
      <p className="field-hint">{t('editor.panel.discussionAtOnce')}</p>
      <DiscussionForm post={discussion.post} rules={discussion.rules} site={site} action={save} />
    </>
  );
}
