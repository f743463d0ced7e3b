import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { Giving } from '@/lib/posts/authors';
import { POSTS_DESK_PATH } from '@/lib/posts/desk-filter';
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
        <p className="desk-posts-back"><a href={POSTS_DESK_PATH}>All posts</a></p>
        <div className="desk-post-head">
          <h1>Give to another author</h1>
          <p>Whoever has a {post.kind} may change it, reads the comments below it, and stands above it as its author.</p>
        </div>
        {authors.length === 0 ? <p>There is nobody else who writes here. Invite an author first: <a href="/admin/people">People</a>.</p> : (
          <form className="discussion-form" action={action}>
            <input type="hidden" name="post" value={post.id} />
            <input type="hidden" name="from" value={from.id} />
            <fieldset className="desk-choices">
              <legend>What</legend>
              <div className="desk-choice"><input type="radio" id="give-one" name="what" value="one" defaultChecked /><label htmlFor="give-one">Only “{titleOf(post)}”</label></div>
              {from.posts > 1 && <div className="desk-choice"><input type="radio" id="give-all" name="what" value="all" /><label htmlFor="give-all">All {from.posts} posts and pages of {from.name}</label></div>}
            </fieldset>
            <SelectField
              id="to" name="to" label={`To whom (now ${from.name})`} error={isWrong ? 'Please choose an author.' : undefined}
              options={[{ value: '', label: 'Choose an author' }, ...authors.map(({ id, name, posts, isClaimed }) => ({ value: id, label: `${name} (${posts === 1 ? '1 post' : `${posts} posts`}${isClaimed ? '' : ', has never signed in'})` }))]}
            />
            <p><Button>Give</Button></p>
          </form>
        )}
      </main>
    </div>
  );
}
