import { letter, type LetterAction, type LetterItem, type LetterParts } from '../notifications/letter';
import type { MailHeaders } from '../notifications/schema';
import { beginningOf } from '../text/plain';
import type { SafeHtml } from '../text/safe-html';
import { t } from '../words/t';
import { leavePath, receiptPath, subscriptionsPath } from './rules';
import type { Wishes } from './schema';

const QUOTED_CHARACTERS = 2_000;
const QUOTED_CHARACTERS_OF_MANY = 400;

type Written = { subject: string; text: string; html: string };
/** To whom: their page, and the blog that writes. `token`: of a subscriber; a test to the owner has none. */
type To = { siteTitle: string; origin: string; token: string };
type ToSomebody = Omit<To, 'token'> & { token: string | null };

type Confirmation = To & { receipt: string | null; wishes: Wishes; postTitle: string | null; way: 'confirm' | 'centre' };

/** The one mail to an address that has not proven itself: what was asked for, and the way to say so. */
export async function confirmationLetter({ siteTitle, origin, token, receipt, wishes, postTitle, way }: Confirmation): Promise<Written> {
  const wish = wishes.comments && postTitle !== null ? t(`subscriptions.confirmation.${wishes.comments.scope === 'all' ? 'comments' : 'replies'}`, { title: postTitle }) : null;
  const words = [t('subscriptions.confirmation.asked', { blog: siteTitle }), ...(wish ? [wish] : []), ...(wishes.posts ? [t('subscriptions.confirmation.posts')] : [])];
  return {
    subject: t('subscriptions.confirmation.subject', { blog: siteTitle }),
    ...(await letter({
      siteTitle,
      paragraphs: words,
      action: { label: t('subscriptions.confirmation.confirm'), href: origin + subscriptionsPath(token, way === 'confirm' ? 'confirm' : null) },
      footer: t('subscriptions.confirmation.footer'),
      ...(receipt !== null && { links: [{ label: t('subscriptions.confirmation.receipt'), href: origin + receiptPath(receipt) }] }),
    })),
  };
}

/** The ways out of such mails, below each: of what it tells, of all. `what`: `posts`, or the key of a post. */
function waysOut({ origin, token }: ToSomebody, what: string): LetterAction[] {
  if (token === null) return [];
  return [
    { label: t(what === 'posts' ? 'subscriptions.mail.leavePosts' : 'subscriptions.mail.leaveThread'), href: `${origin}${subscriptionsPath(token, 'unsubscribe')}?what=${what}` },
    { label: t('subscriptions.mail.centre'), href: origin + subscriptionsPath(token) },
  ];
}

/** What the head of such a mail says: its list, and where it is left at one press. */
export function listHeaders({ siteTitle, origin, token }: To, list: 'posts' | 'comments', what: string): MailHeaders {
  return { list: { id: list, name: siteTitle, leave: origin + leavePath(token, what) } };
}

/** A comment of which somebody is told, as a mail shows it. */
export type ToldComment = { publicId: string; name: string; text: string; parentName: string | null; isReplyToThem: boolean };
export type ToldPost = { id: string; title: string };

const headingOf = ({ name, parentName, isReplyToThem }: ToldComment): string =>
  isReplyToThem ? t('subscriptions.comment.repliedToYou', { name }) : parentName === null ? t('subscriptions.comment.wrote', { name }) : t('subscriptions.comment.replied', { name, parent: parentName });

const itemOf = (origin: string, comment: ToldComment, isAlone: boolean): LetterItem => ({
  heading: headingOf(comment),
  quote: beginningOf(comment.text, isAlone ? QUOTED_CHARACTERS : QUOTED_CHARACTERS_OF_MANY),
  notes: [],
  action: { label: t('subscriptions.comment.read'), href: `${origin}/comments/${comment.publicId}` },
});

/** That a comment was published on a post. */
export async function commentLetter(to: To, post: ToldPost, comment: ToldComment): Promise<Written> {
  return {
    subject: t('subscriptions.comment.subject', { title: post.title }),
    ...(await letter({
      siteTitle: to.siteTitle,
      paragraphs: [t('subscriptions.comment.onPost', { title: post.title })],
      items: [itemOf(to.origin, comment, true)],
      footer: t('subscriptions.comment.why', { title: post.title }),
      links: waysOut(to, post.id),
    })),
  };
}

/** What is told of a new post: its beginning, or all of it. */
export type NewPost = { title: string; address: string; excerpt: string; author: string; whole: { html: SafeHtml; text: string } | null };

/** That a post has come out. `cameFrom`: the list that named this address, in the first mail after it was imported. */
export async function postLetter(to: ToSomebody, { title, address, excerpt, author, whole }: NewPost, cameFrom: string | null): Promise<Written> {
  const parts: LetterParts = {
    siteTitle: to.siteTitle,
    paragraphs: cameFrom === null ? [] : [t('subscriptions.post.cameFrom', { list: cameFrom, isNamed: cameFrom === '' ? 'no' : 'yes', blog: to.siteTitle })],
    title,
    byline: t('subscriptions.post.by', { name: author }),
    ...(whole ? { body: whole } : excerpt !== '' && { more: excerpt }),
    action: { label: t(whole ? 'subscriptions.post.discuss' : 'subscriptions.post.read'), href: address },
    footer: t('subscriptions.post.why', { blog: to.siteTitle }),
    links: waysOut(to, 'posts'),
  };
  return { subject: title === '' ? t('subscriptions.post.subject', { blog: to.siteTitle }) : title, ...(await letter(parts)) };
}

export type DigestPart = { post: ToldPost; comments: ToldComment[]; others: number };

/** What came in a day or a week: new posts, and new comments by post. */
export async function digestLetter(to: To, frequency: 'daily' | 'weekly', posts: NewPost[], threads: DigestPart[]): Promise<Written> {
  const items = [
    ...posts.map(({ title, address, excerpt }): LetterItem => ({ heading: title, quote: beginningOf(excerpt, QUOTED_CHARACTERS_OF_MANY), notes: [], action: { label: t('subscriptions.post.read'), href: address } })),
    ...threads.flatMap(({ post, comments, others }) => comments.map((comment, index): LetterItem => ({
      ...itemOf(to.origin, comment, false),
      heading: t('subscriptions.digest.onPost', { heading: headingOf(comment), title: post.title }),
      notes: others > 0 && index === comments.length - 1 ? [t('subscriptions.digest.others', { count: others, title: post.title })] : [],
    }))),
  ];
  const [subject, paragraph] = frequency === 'daily' ? (['daily', 'today'] as const) : (['weekly', 'thisWeek'] as const);
  return {
    subject: t(`subscriptions.digest.${subject}`, { blog: to.siteTitle }),
    ...(await letter({
      siteTitle: to.siteTitle,
      paragraphs: [t(`subscriptions.digest.${paragraph}`, { blog: to.siteTitle })],
      items,
      footer: t('subscriptions.digest.why', { blog: to.siteTitle }),
      links: [{ label: t('subscriptions.mail.centre'), href: to.origin + subscriptionsPath(to.token) }],
    })),
  };
}
