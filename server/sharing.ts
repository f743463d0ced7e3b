/** `look`, shared by all who ask while it is under way: asking often must not use up what it takes, such as connections to the database. */
export function shared<T>(look: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () => (underWay ??= look().finally(() => (underWay = undefined)));
}

/** `look`, asked again no sooner than after so long, however many ask; one that failed is asked again at once. */
export function atMostEvery<T>(ms: number, look: () => Promise<T>, now: () => number = () => performance.now()): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined;
  return () => {
    if (last && now() - last.at < ms) return last.answer;
    const asked = (last = { at: now(), answer: look() });
    asked.answer.catch(() => { if (last === asked) last = undefined; });
    return asked.answer;
  };
}
