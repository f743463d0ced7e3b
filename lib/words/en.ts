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
    frame: {
      back: 'Back to the blog',
      yours: 'Yours',
      account: 'Your account',
      comments: 'Your comments',
      desk: 'Desk',
    },
    screen: {
      latestComments: 'Your latest comments',
      allComments: 'All your comments',
      data: 'Your data',
      dataHint: 'A file with all that this blog has about you, and all that you wrote while signed in.',
      download: 'Download my data',
      deleteAccount: 'Delete my account',
    },
    profile: {
      heading: 'How you are seen',
      name: 'Name (required)',
      nameHint: 'A new name also stands on what you have written, except under a name used on one post only.',
      website: 'Website (optional)',
      websiteHint: 'Your name on your comments links there.',
      showPicture: 'Show my picture beside what I write',
      noPictureHint: 'There is no picture of you here yet. One comes along when you sign in with an account that has one; until then letters of your name stand in its place.',
      pictureHint: 'Without it, letters of your name stand in its place.',
      save: 'Save',
    },
    logins: {
      heading: 'How you sign in',
      link: 'Link {provider}',
      unlink: 'Unlink <hidden>{login}</hidden>',
      linkedSince: 'Linked on <time></time>',
      addressLinkedSince: '<bdi>{email}</bdi>, linked on <time></time>',
      byEmail: 'A link by email',
      addressProvenSince: '<bdi>{email}</bdi>, proven on <time></time>',
      none: 'There is no way to sign in again yet.',
      only: 'This is your only way to sign in, so it cannot be unlinked.',
    },
    sessions: {
      heading: 'Where you are signed in',
      browserOn: '{browser} on {system}',
      someBrowser: 'A browser',
      here: 'this browser',
      since: 'Signed in {way, select, email {by email link} other {with {provider}}} on <since></since>, last used <used></used>',
      end: 'End <hidden>the session of {browser}</hidden>',
      endAll: 'Sign out everywhere',
    },
    notices: {
      heading: 'Mails to you',
      heldComments: 'Mail me about comments that wait',
      heldCommentsHint: 'From the mail you can publish a comment, answer it, or not publish it, without signing in.',
      needAddress: 'Such mails need an address that is proven: sign in by an e-mail link once.',
      save: 'Save',
    },
    comments: {
      none: 'You have not written a comment while signed in.',
      on: 'On “<bdi>{title}</bdi>”',
      asPseudonym: 'as <bdi>{name}</bdi>, a name used on this post only',
      reason: 'The reason: {reason}.',
      reword: 'Say it in other words',
    },
    commentStates: {
      published: 'Published',
      waiting: 'Waiting to be read',
      notPublished: 'Not published',
    },
    deletion: {
      soonGone: 'In {hours, plural, one {# hour} other {# hours}} your account is gone for good: your name, your address, your picture, how you sign in, and where. Until then you can change your mind here.',
      whatOfComments: 'What becomes of what you wrote?',
      anonymise: 'Keep what I wrote, without my name',
      anonymiseHint: 'Your comments stay readable and say “Anonymous”. Nobody can tell any more that they are yours.',
      remove: 'Remove what I wrote',
      removeHint: 'Your comments are emptied for good. Where others have answered, an empty place stays, so that their answers can be read. All of it goes in one moment, what you wrote under a name on one post too.',
      guestComments: 'Comments that you wrote as a guest, without signing in, are not part of your account. Ask whoever runs this blog to remove those.',
      submit: 'Delete my account',
      keep: 'Keep my account',
    },
    deletionHelp: {
      intro: 'You can have everything deleted that this blog has about you: your name, address and picture, how you sign in, and, if you wish, what you wrote.',
      signInFirst: 'Sign in, in the way you did before: with Google, Twitter, Facebook or a link by email.',
      choose: 'Choose what becomes of your comments, and press “{button}”.',
      wait: '{hours, plural, one {# hour} other {# hours}} later it is done. Until then you can change your mind.',
      signIn: 'Sign in to delete my account',
      cannotSignIn: 'If you cannot sign in any more, or wrote as a guest, write to whoever runs this blog, and say which name and address you used. <link>What this blog keeps</link>',
    },
    keeping: {
      heading: 'Your account will be deleted',
      when: 'On <time></time>. {comments, select, anonymise {What you wrote stays, without your name.} other {What you wrote is removed with it.}} Until then you can change your mind.',
      notAtPresent: 'You have asked for it, but it cannot be deleted at present. {refusal}',
      keep: 'Keep my account',
    },
    signOut: {
      button: 'Sign out',
      noAnswer: 'The blog did not answer. Please reload this page, and try again.',
    },
    leaving: {
      heading: 'Only this browser has some of your words',
      untitled: 'Without a title',
      explanation: 'They could not be saved. Open one to take up what was typed. If others use this browser, do not leave your words in it: whoever knows how can read them here.',
      throwAway: 'Throw away and sign out',
      keepHere: 'Keep here and sign out',
      stay: 'Stay signed in',
    },
    refusals: {
      notSignedIn: 'You are not signed in any more. Sign in and try again.',
      loginGone: 'This login is not linked any more.',
      sessionGone: 'This session has ended already.',
      noDeskAnyMore: 'You have no desk any more, so there is nothing to be told of.',
      noDesk: 'There is no desk here for you.',
      beingDeleted: 'The time to change your mind is over: your account is being deleted.',
      staffName: 'Someone who runs this blog has this name. Please choose another.',
      heldWord: 'This name or website has a word that cannot stand here. Please choose another.',
      accountGone: 'This account is not here any more.',
      shutOut: 'You cannot change your name or website at present.',
      unreadableName: 'Please enter a name that can be read.',
      onlyOwner: 'You are the only owner of this blog. Make somebody else owner first.',
      hasPosts: '{count, plural, one {You have written a post on this blog. Hand it to somebody else first.} other {You have written # posts on this blog. Hand them to somebody else first.}}',
      onlyWayIn: 'This is your only way to sign in. Link another one first.',
      otherWarning: 'Something else was written to you meanwhile. Please read that, too.',
    },
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
