import { getSchema, type Extensions } from '@tiptap/core';
import type { Schema } from '@tiptap/pm/model';
import StarterKit from '@tiptap/starter-kit';
import { mayLeadTo } from './allow';
import { InlineCode, Phrase, Raised } from './marks';
import { Anchor, Box, InlinePicture, Kept, Picture, WrittenAttributes } from './nodes';

const kit = StarterKit.configure({
  code: false,
  heading: { levels: [2, 3, 4, 5, 6] },
  link: {
    openOnClick: false, autolink: true, markdownLinks: true, defaultProtocol: 'https', HTMLAttributes: { target: null, rel: null },
    isAllowedUri: (address) => mayLeadTo(address),
  },
});

/** What the editor knows, without what only a window needs. */
export const wordsOfPosts: Extensions = [kit, InlineCode, Raised, Phrase, WrittenAttributes, Box, InlinePicture, Anchor];

let made: Schema | null = null;

/** The structure of our safe HTML (lib/text/allowed.ts), as far as the editor edits it. */
export const editorSchema = (): Schema => (made ??= getSchema([...wordsOfPosts, Picture, Kept]));
