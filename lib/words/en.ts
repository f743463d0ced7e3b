/**
 * All words of the blog in English, by where they are seen: messages in ICU's MessageFormat. What is the same sentence in the
 * same place is one message; what only sounds alike is two, for other languages tell them apart. A name in `<angle>` marks a
 * link or the like that the place puts in. Another language is one file like this, named in `languages.ts`.
 */
export const en = {
  ui: {
    skipToContent: 'Skip to content',
    dateAndTime: '{date} at {time}',
  },

  layout: {
  },

  posts: {
  },

  comments: {
  },

  identity: {
  },

  account: {
  },

  moderation: {
  },

  decisions: {
  },

  screening: {
  },

  people: {
  },

  notifications: {
  },

  media: {
  },

  site: {
  },

  editor: {
  },

  transfer: {
  },

  backup: {
  },

  server: {
  },
} as const;

type Catalogue<Messages> = { readonly [Name in keyof Messages]: Messages[Name] extends string ? string : Catalogue<Messages[Name]> };

/** What another language has to say: every message that English has, and no other. */
export type Words = Catalogue<typeof en>;
