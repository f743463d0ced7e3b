import { expect, test } from 'vitest';
import { SpamTraining } from '@/lib/moderation/spam-training';

test('however many signs a file has, and however often each, no more are kept than may be', () => {
  const training = new SpamTraining(1_000);
  for (let line = 0; line < 3_000; line += 1) {
    const ids = Array.from({ length: 10 }, (_, at) => 1 + ((line * 10 + at) % 5_000));
    training.add(ids, line % 2 === 0 ? 'spam' : 'ham');
    expect(training.size).toBeLessThanOrEqual(1_000);
  }
});
