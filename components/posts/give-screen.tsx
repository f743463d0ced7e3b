import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { Giving } from '@/lib/posts/authors';
import { POSTS_DESK_PATH } from '@/lib/posts/desk-filter';
import { t } from '@/lib/words/t';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { titleOf } from './post-words';

type Props = {
  giving: Giving;
  /** The last choice was none. */
  isWrong: boolean;
  counts: Record<Queue, number>;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  action: (form: FormData) => Promise<void>;
  signOut: () => Promise<void>;
};

/** Where an owner gives a post, or all of its author's, to somebody else. */
export function GiveScreen({ giving: { post, from, authors }, isWrong, counts, person, action, signOut }: Props) {
  return (
    <div className="desk">
      <QueueRail here="posts" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="desk-posts desk-posts--one" tabIndex={-1}>
        <p className="desk-posts-back"><a href={POSTS_DESK_PATH}>{t('posts.desk.allPosts')}</a></p>
        <div className="desk-post-head">
          <h1>{t('posts.give.heading')}</h1>
          <p>{t('posts.give.means', { kind: post.kind })}</p>
        </div>
        {authors.length === 0 ? <p>{t.rich('posts.give.nobody', { people: (words) => <a href="/admin/people">{words}</a> })}</p> : (
          <form className="discussion-form" action={action}>
            <input type="hidden" name="post" value={post.id} />
            <input type="hidden" name="from" value={from.id} />
            <fieldset className="desk-choices">
              <legend>{t('posts.give.what')}</legend>
              <div className="desk-choice"><input type="radio" id="give-one" name="what" value="one" defaultChecked /><label htmlFor="give-one">{t('posts.give.one', { title: titleOf(post) })}</label></div>
              {from.posts > 1 && <div className="desk-choice"><input type="radio" id="give-all" name="what" value="all" /><label htmlFor="give-all">{t('posts.give.all', { count: from.posts, name: from.name })}</label></div>}
            </fieldset>
            <SelectField
              id="to" name="to" label={t('posts.give.to', { name: from.name })} error={isWrong ? t('posts.give.authorWanted') : undefined}
              options={[{ value: '', label: t('posts.give.choose') }, ...authors.map(({ id, name, posts, isClaimed }) => ({ value: id, label: t(isClaimed ? 'posts.give.author' : 'posts.give.unclaimedAuthor', { name, count: posts }) }))]}
            />
            <p><Button>{t('posts.give.submit')}</Button></p>
          </form>
        )}
      </main>
    </div>
  );
}
