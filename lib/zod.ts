import { z } from 'zod';

// Else every schema first tries whether it may make code of text: the policy of the desk forbids it and reports the try.
z.config({ jitless: true });

export { z };
