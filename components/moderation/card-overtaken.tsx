import { overtakenWords, type LiveEvent } from '@/lib/moderation/live-queue';

/** What somebody else has decided on a comment while it was shown. */
export function CardOvertaken({ by }: { by: LiveEvent | undefined }) {
  return by && <p className="card-overtaken">{overtakenWords(by)}</p>;
}
