import { unstable_rethrow } from 'next/navigation';

const answers = new Map<string, unknown>();

/** What `ask` says; while the database does not answer, what it said last in this process. Throws where it never did. */
export async function orLastKnown<T>(name: 'site' | 'look', ask: () => Promise<T>): Promise<T> {
  try {
    const answer = await ask();
    answers.set(name, answer);
    return answer;
  } catch (error) {
    unstable_rethrow(error);
    if (!answers.has(name)) throw error;
    return answers.get(name) as T;
  }
}
