import { postPath } from '../posts/rules';
import { plainText } from '../text/plain';
import { EVENT_TYPES, type Facts, type WebhookEvent } from './schema';

/** A post as far as it may be told of. `isOpen`: everybody may read it, without a password. */
export type ToldPost = { kind: 'post' | 'page'; slug: string; title: string; excerpt: string; publishedAt: Date | null; isOpen: boolean };

export type ToldComment = { publicId: string; kind: 'comment' | 'mention'; name: string; html: string; createdAt: Date; parent: { publicId: string } | null; edits: { publicId: string } | null; post: ToldPost };

type Message = { event: WebhookEvent; at: Date; origin: string; facts: Facts };

/** What is sent. Of a post that not everybody may read neither title nor words, and no words of the comments below it. */
export function payloadOf({ event, at, origin, facts }: Message, about: { comment: ToldComment } | { post: ToldPost } | null): string {
  const data = about === null ? {} : 'comment' in about ? commentData(about.comment, facts, origin) : postData(about.post, origin);
  return JSON.stringify({ type: EVENT_TYPES[event], timestamp: at.toISOString(), data });
}

const placeOf = (post: ToldPost, origin: string) => ({ slug: post.slug, title: post.isOpen ? post.title : null, url: origin + postPath(post) });

const postData = (post: ToldPost, origin: string) => ({
  post: { ...placeOf(post, origin), excerpt: post.isOpen ? post.excerpt : null, publishedAt: post.publishedAt?.toISOString() ?? null },
});

function commentData(comment: ToldComment, { status, from, decision, reasons }: Facts, origin: string) {
  const hasWords = comment.post.isOpen && comment.html !== '';
  return {
    ...(decision !== undefined && { decision, from: from ?? null }),
    reasons,
    comment: {
      id: comment.publicId,
      kind: comment.kind,
      url: `${origin}/comments/${comment.publicId}`,
      status,
      author: comment.name === '' ? null : comment.name,
      html: hasWords ? comment.html : null,
      text: hasWords ? plainText(comment.html) : null,
      createdAt: comment.createdAt.toISOString(),
      inReplyTo: comment.parent?.publicId ?? null,
      changes: comment.edits?.publicId ?? null,
    },
    post: placeOf(comment.post, origin),
  };
}
