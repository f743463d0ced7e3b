/** Says above a post that it is seen before its time. `isOut`: readers have it already, perhaps otherwise. */
export function PreviewNote({ isOut }: { isOut: boolean }) {
  return (
    <p className="notice preview-note" role="note">
      This is a preview. {isOut ? 'Changes that you see here may not be on the blog yet.' : 'It is not on the blog yet.'} Only whoever has this link sees it.
    </p>
  );
}
