import { FollowForm } from '@/components/subscriptions/follow-form';
import type { FollowState } from '@/lib/subscriptions/schema';
import { CommentForm } from '../../components/comments/comment-form';
import { Discussion } from '../../components/comments/discussion';
import { DocumentShell } from '../../components/layout/document-shell';
import { PostArticle } from '../../components/posts/post-article';
import { discussionPath } from '../../lib/comments/rules';
import { A_GUEST, NOTHING_ENTERED, type BoxState } from '../../lib/comments/box';
import type { PostPage } from './views';

const nothingIsFollowed = async (state: FollowState): Promise<FollowState> => state;
const nothingIsSent = async (state: BoxState): Promise<BoxState> => state;

/** The tree of a post's page, of the same components as app/(blog) puts together. */
export function PostPageTree({ site, menu, post, more, discussion }: PostPage) {
  const { slug, commentsOpen, closing, care, helpline } = post;
  return (
    <DocumentShell title={site.title} tagline={site.tagline} language={site.language} palette="clay" social={[]} menu={menu} fontClass="font" enhanceSrc="/enhance/enhance.js" follow={<FollowForm place="footer" action={nothingIsFollowed} />}>
      <PostArticle post={post} site={site} more={more}>
        <Discussion post={post} discussion={discussion} site={site}>
          <CommentForm
            action={nothingIsSent}
            initial={{ message: null, fields: {}, entered: NOTHING_ENTERED, parent: null }}
            post={{ slug, href: discussionPath(post, 1), commentsOpen, closing, care, helpline }}
            token="a-token" identity={A_GUEST} offered={[]} site={{ language: site.language, timeZone: site.timeZone }} conduct={null}
          />
        </Discussion>
      </PostArticle>
    </DocumentShell>
  );
}
