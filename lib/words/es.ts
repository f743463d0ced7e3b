import type { Words } from './en';

/** All words of the blog in Spanish: see en.ts. The reader and those who write and moderate are addressed as «tú». */
export const es = {
  ui: {
    skipToContent: 'Saltar al contenido',
    dateAndTime: '{date}, {time}',
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
} as const satisfies Words;
