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
      <h1>{isSignedIn ? 'You are signed in' : 'You are not signed in'}</h1>
      <p>{sentence ?? 'You can close this window and go on where you were writing.'}</p>
      <p>
        <a href={back}>Back to what you were writing</a>
      </p>
    </div>
  );
}
