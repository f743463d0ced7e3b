/** Names of categories or tags so that two lists can be compared: in whatever order, large and small letters are the same. */
export const termNamesMark = (names: readonly string[]): string => JSON.stringify(names.map((name) => name.toLowerCase()).sort());
