import { customAlphabet } from 'nanoid';
import { v7 } from 'uuid';

/** A new primary key: UUIDv7, so that rows made later sort later. */
export const newId = (): string => v7();

/** Crockford's base 32: no letter that reads as another. */
export const COMMENT_ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
export const COMMENT_ID_LENGTH = 12;

/** A new public comment id: 60 random bits, short enough to stand hundreds of times in a page. */
export const newCommentId: () => string = customAlphabet(COMMENT_ID_ALPHABET, COMMENT_ID_LENGTH);

const commentId = new RegExp(`^[${COMMENT_ID_ALPHABET}]{${COMMENT_ID_LENGTH}}$`);

/** Whether `value` has the shape of a public comment id. */
export const isCommentId = (value: string): boolean => commentId.test(value);
