import { t } from '@/lib/words/t';

type Props = {
  /** The word by which the page that opened this window knows it. */
  popup: string | null;
  /** Where the writer was. */
  back: string;
  isSignedIn: boolean;
  /** Why not, or what there is to know besides. */
  sentence: string | null;
};

/** What a window shows in which somebody has signed in, or has not; script closes it at once. */
export function SignedIn({ popup, back, isSignedIn, sentence }: Props) {
  return (
    <div className="signed-in" data-enhance="signed-in" data-popup={popup ?? undefined} data-signed-in={isSignedIn ? '' : undefined} data-sentence={sentence ?? undefined}>
      <h1>{t(isSignedIn ? 'identity.signedIn.yes' : 'identity.signedIn.no')}</h1>
      <p>{sentence ?? t('identity.signedIn.close')}</p>
      <p>
        <a href={back}>{t('identity.signedIn.back')}</a>
      </p>
    </div>
  );
}
