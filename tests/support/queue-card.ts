import type { QueueCard, QueueView } from '@/lib/moderation/queries';
import { wholeQueue } from '@/lib/moderation/rules';
import { storedHtml } from '@/lib/text/safe-html';

/** A card of the queue as a component is given it: a guest's first comment that waits, unless told otherwise. */
export function queueCard(id: string, name: string, given: Partial<QueueCard> = {}): QueueCard {
  return {
    id, revision: 1, status: 'pending', isMention: false, isUrgent: false, name, picture: null, email: null, website: null, isSignedIn: false, isPseudonym: false,
    personId: null, person: null, isPostAuthor: false, html: storedHtml('<p>Hi</p>'), createdAt: new Date(0), post: { title: 'Patience', slug: 'patience' },
    inReplyTo: null, replyCount: 0, firstReply: null, writerKey: id, writer: null, network: null, reasons: [], reports: null, rewords: null, edits: null, notes: null,
    history: [], undoable: null, acts: ['approve', 'spam', 'trash'], mayBeAnswered: true, ...given,
  };
}

/** A whole queue with these cards. */
export function queueView(cards: QueueCard[], given: Partial<QueueView> = {}): QueueView {
  const counts = { pending: cards.length, approved: 0, spam: 0, trash: 0, all: cards.length };
  return { queue: 'pending', filter: wholeQueue('pending'), sort: 'newest', only: null, counts, cards, next: null, named: { post: null, person: null }, posts: [], ...given };
}
