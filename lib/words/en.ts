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
    roles: {
      reader: 'reader',
      author: 'author',
      moderator: 'moderator',
      owner: 'owner',
    },
    standings: {
      normal: 'normal',
      trusted: 'trusted',
      held: 'always held',
      suspended: 'suspended',
      banned: 'banned',
    },
    warnings: {
      given: 'given',
      read: 'read',
      takenBack: 'taken back',
    },
    acts: {
      standing: 'Standing',
      warning: 'Warning',
      role: 'Role',
      invitation: 'Accepted an invitation',
    },
    commentStates: {
      approved: 'published',
      pending: 'waiting',
      spam: 'spam',
      trash: 'in the trash',
    },
    counts: {
      label: 'Comments',
      approved: '{count, plural, one {# published} other {# published}}',
      pending: '{count, plural, one {# waiting} other {# waiting}}',
      spam: '{count, plural, one {# spam} other {# spam}}',
      trash: '{count, plural, one {# in the trash} other {# in the trash}}',
    },
    person: {
      nameless: 'Someone',
      since: 'since <time></time>',
      standingUntil: '{standing} until <time></time>',
      noOwnStanding: 'no standing of its own',
      untitledPost: 'a post without a title',
      onlyOn: 'A name on this post only: <post></post>',
      usedBy: 'Used by <person>{name}</person>. Only owners see this.',
      names: 'Names on one post only. Only owners see that they belong here.',
      nameOn: '<person>{name}</person> on <post></post>',
    },
    contact: {
      noAddress: 'no address',
      notProven: '{email} (not proven yet)',
      signsInBy: 'signs in by {ways}',
      byEmail: 'email',
      hasNotSignedIn: 'has not signed in',
    },
    list: {
      heading: 'People',
      all: 'All people',
      invite: 'Invite somebody',
      showEverybody: 'Show everybody',
      nobodyFurther: 'There is nobody further down.',
      nobodyFound: 'Nobody is found. Try fewer letters, or show everybody.',
      pages: 'Pages of people',
      newest: 'Newest people',
      older: 'Older people',
    },
    find: {
      heading: 'Find people',
      nameOrEmail: 'Name or email',
      name: 'Name',
      role: 'Only role',
      standing: 'Only standing',
      any: 'any',
      submit: 'Find',
    },
    history: {
      comments: 'Comments',
      showAll: 'Show all',
      commentsNewestFirst: 'Comments, newest first',
      none: 'Nothing yet.',
      noneInState: 'Nothing here.',
      stateOn: '<state>{name}</state> on <post></post>',
      wordless: 'A comment without words.',
      decided: '{decision}, <time></time>',
      decidedBy: '{decision} by {name}, <time></time>',
      open: 'Open in the queue',
      openComment: 'Open in the queue: the comment on {title}',
      newestComments: 'Newest comments',
      olderComments: 'Older comments',
      acts: 'What was done about them',
      by: 'by {name}, <time></time>',
      invitedBy: 'invited by {name}, <time></time>',
      decisions: 'Decisions they made',
      decisionsNewestFirst: 'Decisions made, newest first',
      decisionOnComment: '{decision}: <comment>comment by {name}</comment> on <post></post>',
      decisionOnDeleted: '{decision}: a comment that is deleted on <post></post>',
      somebody: 'somebody',
      newestDecisions: 'Newest decisions',
      olderDecisions: 'Older decisions',
    },
    log: {
      heading: 'What was done about people',
      onComments: 'Decisions on comments',
      download: 'Download as CSV',
      clear: 'Clear filters',
      noneFit: 'Nothing was done that fits this filter.',
      none: 'Nothing here yet.',
      actsNewestFirst: 'Acts, newest first',
      pages: 'Pages of the log',
      newest: 'Newest',
      older: 'Older',
      acts: 'Acts',
      who: 'Who',
      anybody: 'Anybody',
      what: 'What',
      anything: 'Anything',
      from: 'From',
      to: 'To',
      filter: 'Filter',
    },
    standing: {
      heading: 'Standing',
      label: 'Standing',
      until: 'Until',
      untilHint: 'Time zone: {timeZone}. A suspension has an end; anything else can go on without one.',
      reason: 'Reason',
      reasonHint: 'Whoever is suspended or banned reads it, also by mail. Nobody is told that their comments are held.',
      submit: 'Set standing',
    },
    warning: {
      heading: 'Warn',
      unread: 'They have not read this yet:',
      takeBack: 'Take it back',
      words: 'What they are to read',
      wordsHint: 'They say that they have read it before they comment again. Also by mail, if they have proven an address.',
      submit: 'Warn',
    },
    role: {
      heading: 'Role',
      label: 'Role',
      hint: 'Another role signs this person out everywhere; they sign in anew.',
      submit: 'Change role',
    },
    notes: {
      heading: 'Private notes',
      somebodyWhoLeft: 'Somebody who left',
      by: '{name}, <time></time>',
      delete: 'Delete note',
      label: 'New note',
      hint: 'Moderators and owners see it; the person never does.',
      submit: 'Add note',
    },
    status: {
      undo: 'Undo',
    },
    invitations: {
      email: 'Email',
      role: 'Role',
      submit: 'Invite',
      hint: 'The link works once, for {days, plural, one {# day} other {# days}}.',
      open: 'Open invitations',
      asUntil: '<strong>{email}</strong> as {role}, until <time></time>',
      withdraw: 'Withdraw',
      withdrawOf: 'Withdraw the invitation of {email}',
      link: 'Link of the invitation',
      linkHint: 'No mail leaves this machine. Copy the link and send it yourself: it is shown only now.',
      copy: 'Copy link',
      copied: 'Copied.',
      selected: 'The link is selected: copy it with your keyboard.',
    },
    invitation: {
      heading: 'Invitation',
      gone: 'This invitation was used already, was withdrawn, or is too old. Ask whoever invited you for a new one.',
      acceptedBefore: 'If you have accepted it before, <link>sign in</link>.',
      offer: 'You are invited to {blog} as {role, select, reader {a reader} author {an author} moderator {a moderator} other {an owner}}. Accepting signs you in on this device.',
      accept: 'Accept the invitation',
    },
    invitationMail: {
      subject: 'You are invited to {blog}',
      offer: 'You are invited to {blog} as {role, select, reader {a reader} author {an author} moderator {a moderator} other {an owner}}.',
      worksUntil: 'The link works once, until {time}.',
      see: 'See the invitation',
      footer: 'If you did not expect this, you can leave it: nothing happens then.',
    },
    standingMail: {
      subject: 'A word from {blog}',
      account: 'Your account',
      read: 'Say that you have read it',
      warned: 'Somebody who runs {blog} has written to you:',
      warnedFooter: 'You can comment again once you have said that you have read this. Readers do not see it.',
      shutOut: 'You cannot comment on {blog} any more.',
      shutOutUntil: 'You cannot comment on {blog} until {time}.',
      shutOutFooter: 'You can still sign in, see what you wrote, download it or delete your account.',
    },
    refusals: {
      notSignedIn: 'You are not signed in any more. Please sign in and try again.',
      nothingHere: 'There is nothing at this address.',
      onlyOwners: 'Only an owner can do this.',
      personGone: 'This person is not here any more.',
      changedMeanwhile: 'Somebody else has changed this meanwhile. Here is how it stands now.',
      onePostOnly: 'This name stands on one post only: it has no role or standing of its own.',
      onePostOnlyForModerators: 'This name stands on one post only. A standing belongs to a person, and setting it here would tell who it is. You can hold its comments in the queue or mark them as spam, and ask the owner.',
      onePostOnlyForOwners: 'A standing belongs to a person. Set it on the page of whoever uses this name; readers and moderators do not see that the two are one.',
      ownStanding: 'Nobody sets their own standing.',
      ownersStanding: 'An owner’s standing is always normal. Change their role first.',
      moderatorsStanding: 'Only an owner can set the standing of a moderator.',
      noEnd: 'Please say until when: a date and a time.',
      pastEnd: 'Please choose a moment in the future.',
      longReason: 'A reason has at most {max, number} characters.',
      longWarning: 'A warning has at most {max, number} characters.',
      warningNotPossible: 'You cannot write to this person here.',
      emptyNote: 'Please write something first.',
      longNote: 'A note has at most {max} characters.',
      strangeNote: 'This text holds a character that cannot be kept.',
      noteAboutOneself: 'Notes are about others.',
      noteGone: 'This note is not here any more.',
      noAddress: 'This is no e-mail address.',
      hasAccount: 'Somebody with this address has an account already. You can change their role on their page.',
      invitationGone: 'This invitation is not open any more.',
    },
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
