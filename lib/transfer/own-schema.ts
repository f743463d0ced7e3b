import { Care, CommentStatus, MentionWay, PostStatus, TextFormat } from '../db/generated/enums';
import { ADDRESS_MAX_CHARACTERS } from '../mentions/schema';
import { fixedPlace } from '../posts/schema';
import { z } from '../zod';

/** The namespace of what WXR cannot say. WordPress passes over it. */
export const OWN_NAMESPACE = 'urn:soapbox:export:1';
/** `ImportKey.source` of what came with an export of ours: `externalId` is the id that it had there. */
export const OWN_SOURCE = 'soapbox';

const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const text = z.string().max(16_000_000);
const moment = z.iso.datetime({ precision: 3 }).transform((value) => new Date(value));
// A path of this blog, never another site's; as long as an index of PostgreSQL holds.
const path = z.string().max(1_000).regex(/^\/(?![/\\])/);
const KINDS = ['author', 'author-slug', 'author-number', 'category', 'category-number', 'tag', 'tag-number', 'post', 'comment'] as const;
// Of what an index of PostgreSQL holds, all three together.
const name = z.string().min(1).max(255);
const key = z.object({ source: name, kind: z.enum(KINDS), externalId: z.string().max(255) });
// One that is none of ours counts for nothing; what it stands on is read without it.
const keys = z.array(z.unknown()).default([]).transform((all) => all.flatMap((one) => {
  const read = key.safeParse(one);
  return read.success ? [read.data] : [];
}));

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
};
const isLanguage = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

// Every schema is of one JSON text that stands in `<soapbox:own>` of what it says more about. What is given here exactly
// stands beside it as WordPress wants it, too.

export const ownSiteSchema = z.object({ title: text, tagline: text, language: z.string().refine(isLanguage), timeZone: z.string().refine(isZone) });

export const ownAuthorSchema = z.object({ id, name: text.nullable(), slug: text.nullable(), about: text, website: text.nullable(), keys });

export const ownTermSchema = z.object({ id, slug: text, name: text, description: text, keys });

export const ownPostSchema = z
  .object({
    id,
    authorId: id,
    parentId: id.nullable(),
    slug: text,
    title: text,
    excerpt: text,
    isOwnExcerpt: z.boolean().optional(),
    /** Only where XML cannot carry it as it is. */
    source: text.optional(),
    html: text.optional(),
    status: z.enum(PostStatus),
    /** Not in exports of before there was one. */
    password: text.nullable().default(null),
    publishedAt: moment.nullable(),
    createdAt: moment,
    updatedAt: moment,
    menuOrder: z.int32(),
    commentsOpen: z.boolean(),
    commentsByAge: z.boolean(),
    commentsCloseAt: moment.nullable(),
    care: z.enum(Care),
    helpline: text,
    /** Categories and tags by their slugs. */
    categories: z.array(text),
    tags: z.array(text),
    oldPaths: z.array(path),
    keys,
  })
  .refine((post) => post.publishedAt !== null || (post.status !== 'published' && post.status !== 'scheduled'));

export const ownCommentSchema = z.object({
  id,
  parentId: id.nullable(),
  userId: id.nullable(),
  publicId: z.string().regex(/^[0-9a-hjkmnp-tv-z]{12}$/),
  legacyNumber: z.string().regex(/^\d{1,18}$/).nullable(),
  status: z.enum(CommentStatus),
  name: text,
  website: text.nullable(),
  format: z.enum(TextFormat),
  source: text.optional(),
  createdAt: moment,
  editedAt: moment.nullable(),
  /** Only of one that another site has told of. */
  mention: z.object({ mark: z.string().regex(/^[0-9a-f]{64}$/), target: z.string().max(ADDRESS_MAX_CHARACTERS), way: z.enum(MentionWay) }).nullable().default(null),
  keys,
});

export const ownFileSchema = z.object({
  id,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: text,
  alt: text,
  createdAt: moment,
  addresses: z.array(text),
});

const noControls = path.regex(/^[^\u0000-\u001f\u007f]*$/);
/** Leads nowhere but to a path of this blog. */
export const ownRedirectSchema = z.object({ path: noControls, to: noControls.refine((to) => fixedPlace(to) !== null) });

/** Something that once came in and was deleted since. */
export const ownKeySchema = key;

const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** A text without what XML 1.0 forbids. */
export const withoutForbidden = (value: string): string => value.replace(FORBIDDEN, '');

/** Whether XML gives a text back as it was: nothing in it is forbidden, and no newline is made another. */
export const isXmlText = (value: string): boolean => !value.includes('\r') && withoutForbidden(value) === value;

/** A value as JSON on one line that XML gives back as it was. */
export const ownJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What a text of our namespace says; null where it is not what we write. Never throws. */
export function readOwn<Schema extends z.ZodType>(schema: Schema, json: string): z.output<Schema> | null {
  if (json === '') return null;
  try {
    const parsed = schema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
