'use client';

import { DiscussionForm, type ToldRules } from '@/components/posts/discussion-form';
import type { DeskDiscussion } from '@/lib/posts/desk';
import type { DiscussionState } from '@/lib/posts/schema';
import type { SiteLocale } from '@/lib/site/schema';

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
  if (!isThere) return <p className="field-hint">Once the post is saved, you can choose here who may comment and for how long.</p>;
  if (!discussion) return <p className="field-hint">One moment…</p>;
  return (
    <>
      <p className="field-hint">This counts as soon as you save it here, also while the post is out.</p>
      <DiscussionForm post={discussion.post} rules={discussion.rules} site={site} action={save} />
    </>
  );
}
