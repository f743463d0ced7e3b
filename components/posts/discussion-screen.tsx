import type { ReactNode } from 'react';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { DeskDiscussion } from '@/lib/posts/desk';
import type { DiscussionState } from '@/lib/posts/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Time } from '@/components/ui/time';
import { ClosingWords } from './desk-post-row';
import { DiscussionForm, type ToldRules } from './discussion-form';
import { stateName, titleOf } from './post-words';

type Props = {
  post: DeskDiscussion;
  rules: ToldRules;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  action: (state: DiscussionState, form: FormData) => Promise<DiscussionState>;
  signOut: () => Promise<void>;
  /** What there is to say of the post's own text. */
  children?: ReactNode;
};

/** How one post is discussed. */
export function DiscussionScreen({ post, rules, counts, site, person, action, signOut, children }: Props) {
  return (
    <div className="desk">
      <QueueRail here="posts" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="desk-posts desk-posts--one" tabIndex={-1}>
        <p className="desk-posts-back"><a href="/admin/posts">{t('posts.desk.allPosts')}</a></p>
        <header className="desk-post-head">
          <h1>{titleOf(post)}</h1>
          <p className="desk-post-facts">
            <span className={`desk-post-state desk-post-state--${post.state}`}>{stateName(post.state)}</span>
            <Time at={post.at} site={site} />
            {post.kind === 'post' && <span><ClosingWords post={post} site={site} /></span>}
            {post.path && <a href={post.path}>{t('posts.desk.viewOnBlog')}</a>}
          </p>
        </header>
        {children}
        {post.kind === 'page' ? <p>{t('posts.discussion.notOfPages')}</p> : <DiscussionForm post={post} rules={rules} site={site} action={action} />}
      </main>
    </div>
  );
}
