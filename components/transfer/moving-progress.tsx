type Props = {
  /** What is being done. */
  words: string;
  /** Null while nothing can be said of how far it is. */
  percent: number | null;
  detail?: string;
};

/** How far something is: in words, as a bar, in percent. */
export function MovingProgress({ words, percent, detail }: Props) {
  return (
    <div className="moving-progress">
      <p><label htmlFor="moving-progress">{words}</label> <span>{percent === null ? '' : `${percent} %`}</span></p>
      <progress id="moving-progress" max={100} value={percent ?? undefined} />
      {detail && <p className="moving-small">{detail}</p>}
    </div>
  );
}
