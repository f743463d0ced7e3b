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
    library: {
      heading: 'Media',
      name: 'Library',
      deleted: 'The file is deleted.',
      searchLabel: 'Search by name or description',
      search: 'Search',
      show: 'Show',
      everything: 'Everything',
      showEverything: 'Show everything',
      noneLikeThat: 'Nothing in the library is like that.',
      noMore: 'There is nothing more.',
      noneYet: 'Nothing yet. What you upload, and what comes with an import, stands here.',
      pages: 'Pages of the library',
      newer: 'Newer files',
      older: 'Older files',
      unnamed: 'A file without a name',
      notDescribed: 'Not described',
    },
    kinds: {
      image: 'Pictures',
      video: 'Films',
      audio: 'Sounds',
      file: 'Documents',
    },
    picker: {
      title: 'Choose from the library',
      cancel: 'Cancel',
      noPicture: 'That is no picture. It is in the library now; choose a picture for this place.',
      otherKind: 'That is of another kind. It is in the library now; choose another file for this place.',
      noAnswer: 'The library did not answer. Please try again.',
      noneNamedSo: 'Nothing of that name is in the library.',
      noneYet: 'Nothing is in the library yet.',
      more: 'Show more',
      count: '{count, plural, one {# file} other {# files}}',
      countAndMore: '{count, plural, one {# and more file} other {# and more files}}',
      choose: 'Choose {name}',
      chooseUnnamed: 'Choose a file without a name',
    },
    upload: {
      button: 'Upload files',
      hint: 'Or drop them here. Pictures up to 60 MB, films, sounds and documents up to 2 GB. Where a picture was taken is removed from it.',
      list: 'Uploads',
      of: 'Upload of {name}',
      beingKept: 'Being kept…',
      come: '{name} is in the library.',
      justUploaded: 'Just uploaded',
      tryAgain: 'Try again',
      tryAgainNamed: 'Try again: {name}',
      cancel: 'Cancel',
      cancelNamed: 'Cancel: {name}',
      remove: 'Remove',
      removeNamed: 'Remove from this list: {name}',
      noAnswer: 'The blog did not answer. Please check the connection, and try again.',
      signedOut: 'You are not signed in any more. Sign in again in another window, then try again.',
      tooLarge: 'This file is larger than the blog keeps: sixty megabytes for a picture, two gigabytes for others.',
      empty: 'This file is empty.',
      failed: 'This did not work. Please try again.',
    },
    file: {
      all: 'All media',
      document: 'A document',
      kind: 'Kind',
      size: 'Size',
      sizeAndPixels: '{size}, {width} × {height} pixels',
      since: 'Since',
      from: 'From',
      anImport: 'An import',
      deleting: 'Delete',
    },
    uses: {
      heading: 'Where it is used',
      nowhere: 'Nowhere on the blog.',
      untitled: 'Untitled',
      others: '{count, plural, one {A post of somebody else} other {# posts of others}}',
      sitePicture: 'The picture of the blog',
      siteIcon: 'The icon of the blog',
    },
    usedAs: {
      text: '<post>{title}</post>, in its text',
      cover: '<post>{title}</post>, as its cover',
      draft: '<post>{title}</post>, in changes that are not out yet',
    },
    places: {
      usedIn: 'It is used in {places}.',
      posts: '{count, plural, one {one post} other {# posts}}',
      sitePicture: 'the picture of the blog',
      siteIcon: 'the icon of the blog',
    },
    description: {
      label: 'Description',
      hint: 'For people who do not see the picture: what does it show? It is offered when you put it into a post; posts that show it already keep their words.',
      save: 'Save',
      tooLong: 'A description has at most {max, number} characters.',
    },
    address: {
      copy: 'Copy the address',
      copied: 'Copied.',
      notCopied: 'It could not be copied. It is {address}',
      open: 'Open the file',
    },
    deletion: {
      ask: 'Delete…',
      question: 'Delete {name}?',
      nowhere: 'It shows nowhere on the blog.',
      somewhere: '{where} There, its description takes its place at once.',
      forGood: 'This cannot be undone. A later import does not bring it back; you can upload it again.',
      cancel: 'Cancel',
      delete: 'Delete',
    },
    refusals: {
      notYours: 'There is nothing at this address.',
      notInLibrary: 'This file is not in the library any more.',
      goneMeanwhile: 'This file was just being removed from the library. Please send it again.',
      notKept: 'What lies there is no picture, sound, film or document that this blog keeps.',
      tooLarge: 'The file is larger than this blog keeps: sixty megabytes for a picture, two gigabytes for others.',
      broken: 'The picture is broken, or has more than a hundred million pixels.',
      metadataBroken: 'The picture is broken: what it says of its maker and place could not be taken out of it.',
      notDrawn: 'This file cannot be drawn as a picture. Please choose another: JPEG, PNG, WebP, GIF or AVIF.',
      notShown: 'What lies there is not a picture that this blog can show: JPEG, PNG, WebP, GIF or AVIF, of at most four million pixels.',
    },
    fetching: {
      onlyPublic: 'Only public addresses are asked.',
      onlyHttps: 'A picture is fetched only from a public https address.',
      tooLarge: 'What lies at the address is larger than this blog takes.',
      unavailable: 'What lies at the address could not be had just now.',
      notThere: 'There is nothing at the address.',
      hostGone: 'The host has given nothing for long.',
      noPicture: 'What lies there is no picture.',
      saysNoPicture: 'What lies at the address does not say that it is a picture.',
      noPreview: 'There is no preview picture of this video.',
      namesNoPreview: 'What lies there says nothing of a preview picture.',
    },
    storage: {
      diskFull: 'The disk on which the blog keeps its files (DATA_DIR) is full. Make room, then go on.',
      diskRefuses: 'The blog cannot write to its folder for files (DATA_DIR): {reason}.',
      away: 'The storage for files (S3_ENDPOINT) cannot be reached just now. Please try again in a moment.',
      refuses: 'The storage for files (S3_ENDPOINT) refuses the blog. The owner should look at S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION and what that key may do with S3_BUCKET.',
      odd: 'The storage for files (S3_ENDPOINT) gave an answer that the blog does not know.',
      listsOtherwise: 'The storage for files (S3_ENDPOINT) does not list what it has as S3 does.',
      noParts: 'The storage for files (S3_ENDPOINT) does not give parts of files.',
      noBucket: 'The bucket for files (S3_BUCKET) is not there. Make it, or name another.',
      fileGone: 'A file has gone from the bucket for files (S3_BUCKET).',
    },
    archive: {
      notThere: 'There is no file or folder {path}.',
      ofNoKind: '{path} is no folder and no .zip, .tar or .tar.gz file.',
      tooMany: '{path} cannot be read: it holds more than {max, number} files.',
      unreadable: '{path} cannot be read: {reason}.',
    },
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
