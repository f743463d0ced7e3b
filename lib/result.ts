/** Every way in which the blog says no, and the HTTP status that carries it. */
export const httpStatus = {
  malformed: 400,
  'not-signed-in': 401,
  forbidden: 403,
  'not-found': 404,
  duplicate: 409,
  conflict: 409,
  'too-large': 413,
  invalid: 422,
  'too-many': 429,
  unavailable: 503,
} as const;

export type FailureCode = keyof typeof httpStatus;

export type Failure = {
  ok: false;
  code: FailureCode;
  /** For the reader: what happened, what to do. */
  message: string;
  /** Sentences by form field. */
  fields?: Record<string, string>;
  /** Seconds after which trying again makes sense. */
  retryAfterSeconds?: number;
};

/** An expected outcome as a value: only bugs throw. */
export type Result<T = null> = { ok: true; value: T } | Failure;

/** The success of a command. */
export function ok(): Result;
export function ok<T>(value: T): Result<T>;
export function ok<T>(value?: T): Result<T | null> {
  return { ok: true, value: value ?? null };
}

/** The refusal of a command: a code from the closed list and a sentence for the reader. */
export function fail(
  code: FailureCode,
  message: string,
  more: Pick<Failure, 'fields' | 'retryAfterSeconds'> = {},
): Failure {
  return { ok: false, code, message, ...more };
}
