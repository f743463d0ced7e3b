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
    care: {
      open: 'Open',
      careful: 'Careful',
      sensitive: 'Sensitive',
    },
    careMeans: {
      open: 'The blog’s rules decide which comments wait for a person.',
      careful: 'A person reads every comment first, but for those by people you trust.',
      sensitive: 'A person reads every comment first, whoever writes it.',
      sensitiveSeconds: 'A person reads every comment first, whoever writes it, and one writer waits {count, plural, one {# second} other {# seconds}} between two.',
      sensitiveMinutes: 'A person reads every comment first, whoever writes it, and one writer waits {count, plural, one {# minute} other {# minutes}} between two.',
      closesOn: 'Unless you choose otherwise below, comments close on <date></date>.',
      closesLater: 'Unless you choose otherwise below, comments close on <date></date> if it comes out today, and as much later as it does.',
    },
    state: {
      draft: 'Draft',
      scheduled: 'Scheduled',
      published: 'Published',
      unlisted: 'Unlisted',
      private: 'Private',
      password: 'With a password',
    },
    tab: {
      all: 'All',
      published: 'Published',
      drafts: 'Drafts',
      scheduled: 'Scheduled',
      private: 'Private',
      trash: 'Trash',
    },
    untitled: {
      post: 'A post without a title',
      page: 'A page without a title',
      forReaders: 'Untitled',
    },
    author: {
      anonymous: 'Anonymous',
      somebody: 'Somebody',
    },
    list: {
      empty: 'Nothing has been written here yet. Come back in a while.',
      keptAtTop: 'Kept at the top',
      thoughts: '{count, plural, one {# thought} other {# thoughts}}',
      pages: 'Posts',
      newer: 'Newer posts',
      older: 'Older posts',
    },
    article: {
      by: 'By <author>{name}</author>',
      minutes: '{minutes, number} min read',
      filedUnder: 'Filed under',
      tagged: 'Tagged',
      more: 'More posts',
      previous: 'Previous',
      next: 'Next',
    },
    search: {
      heading: 'Search',
      words: 'Words to look for',
      submit: 'Search',
      tooMany: 'These words stand in too many places to look through at once. Please try fewer, or rarer ones.',
      noWords: 'There are no words to look for: a minus only leaves posts out. Please add a word that stands in what you look for.',
      nothing: 'No post says “{words}”. Other or fewer words may find it.',
      found: 'Posts that say “{words}”',
      foundOnPage: 'Posts that say “{words}”, page {page}',
      pages: 'Posts found',
    },
    locked: {
      forWhom: 'This {kind, select, page {page} other {post}} is for readers who have been given its password.',
      openedBefore: 'Opened here before? <link>Read on without typing it again</link>',
      password: 'Password',
      open: 'Open',
      gone: 'This post is not here any more.',
      incomplete: 'This form is not complete. Load the page again.',
      passwordWanted: 'Please enter the password.',
      tooOften: 'The password was tried very often from here. Please wait some minutes and try again.',
      wrong: 'This is not the password. Please check it and try again.',
    },
    preview: {
      ofChanges: 'This is a preview. Changes that you see here may not be on the blog yet. Only whoever has this link sees it.',
      ofNew: 'This is a preview. It is not on the blog yet. Only whoever has this link sees it.',
    },
    feed: {
      comments: 'Comments on {blog}',
      commentsAbout: 'What readers say on {blog}.',
      commentsOn: 'Comments on “{title}”',
      commentsOnAbout: 'What readers say on “{title}”, on {blog}.',
      comment: '{name} on “{title}”',
    },
    desk: {
      heading: 'Posts',
      newPost: 'New post',
      newPage: 'New page',
      parts: 'Parts of the list',
      trashNote: 'Posts stay here until you restore them or delete them for good. Nobody else sees them.',
      byTitle: 'These words stand in too many texts to look through at once. Only titles were looked through.',
      list: 'Posts and pages',
      pages: 'Pages of posts',
      newer: 'Newer posts',
      older: 'Older posts',
      nothingFound: 'Nothing says these words. Try fewer of them.',
      emptyTrash: 'The trash is empty.',
      noPosts: 'No posts yet.',
      nothingHere: 'There is nothing here.',
      allPosts: 'All posts',
      viewOnBlog: 'View on the blog',
    },
    find: {
      label: 'Find posts',
      words: 'Words in title or text',
      kind: 'Posts or pages',
      both: 'Both',
      posts: 'Posts',
      pages: 'Pages',
      submit: 'Find',
      showAll: 'Show all',
    },
    line: {
      takesNone: 'Takes no comments',
      inTrash: 'In the trash',
      page: 'Page',
      keptAtTop: 'Kept at the top',
      ahead: 'Has unpublished changes',
      openNow: '{names} {count, plural, one {has} other {have}} it open now',
      comments: '{count, plural, one {# comment} other {# comments}}',
      noComments: 'No comments',
      waiting: '{count, number} waiting',
    },
    closing: {
      open: 'Open',
      openUntil: 'Open, closes on <date></date>',
      closed: 'Closed',
      closedOn: 'Closed on <date></date>',
      days: '{count, plural, one {# day} other {# days}}',
    },
    act: {
      restore: 'Restore',
      restoreNamed: 'Restore “{title}”',
      view: 'View',
      viewNamed: 'View “{title}”',
      discussion: 'Discussion',
      discussionNamed: 'Discussion of “{title}”',
      author: 'Author',
      authorNamed: 'Author of “{title}”',
      trash: 'Trash',
      trashNamed: 'Move “{title}” to the trash',
      askDelete: 'Delete for good…',
      askDeleteNamed: 'Delete “{title}” for good…',
      deleteMeans: 'This deletes the text, {count, plural, =0 {its comments} one {its comment} other {its # comments}} and its earlier versions. Pictures stay in the library. It cannot be undone, and no import brings it back.',
      delete: 'Delete for good',
      deleteNamed: 'Delete “{title}” for good',
      undo: 'Undo',
    },
    done: {
      trashed: '{isNamed, select, yes {“{title}”} other {The post}} is in the trash.',
      restored: '{isNamed, select, yes {“{title}”} other {The post}} is back.',
      deleted: '{isNamed, select, yes {“{title}”} other {The post}} is deleted for good.',
      gone: 'This was changed meanwhile. Here is how it stands now.',
      given: '{isNamed, select, yes {“{title}”} other {The post}} has another author now.',
      allGiven: 'The posts have another author now.',
    },
    details: {
      heading: 'A word about the text',
      beforeOut: 'Before you publish: this text shows what you may want to keep private. If it is meant, all is well: nothing is held back.',
      sinceOut: 'This text shows what you may want to keep private. If it is meant, all is well: nothing is held back.',
    },
    discussion: {
      notOfPages: 'Nothing new is said below pages, so there is nothing to choose here.',
      care: 'Care level',
      closing: 'When comments close',
      byRule: 'By the blog’s rule',
      noRule: 'Comments stay open: the blog closes none by itself.',
      rule: 'Comments close {days, plural, one {# day} other {# days}} after a post comes out.',
      ruleThisOne: 'Comments close {days, plural, one {# day} other {# days}} after a post comes out: this one’s on <date></date>.',
      open: 'Open for good',
      openMeans: 'Comments stay open, also if the blog gets a rule of days.',
      openMeansDays: 'Comments stay open, also after {days, plural, one {# day} other {# days}}.',
      closed: 'Closed',
      closedMeans: 'Nobody can write any more. What is published stays.',
      date: 'On a date',
      dateMeans: 'Comments close at the end of this day.',
      lastDay: 'Last day for comments',
      lastDayHint: 'In the blog’s time zone: {timeZone}.',
      helpline: 'Where readers find help (optional)',
      helplineHint: 'Shown in front of the discussion and of the comment box, at every care level. For example: “If you need somebody to talk to now: 116 123, day and night.” Write numbers with their country’s code where readers may live elsewhere.',
      save: 'Save',
    },
    give: {
      heading: 'Give to another author',
      means: 'Whoever has a {kind, select, page {page} other {post}} may change it, reads the comments below it, and stands above it as its author.',
      nobody: 'There is nobody else who writes here. Invite an author first: <people>People</people>.',
      what: 'What',
      one: 'Only “{title}”',
      all: 'All {count, number} posts and pages of {name}',
      to: 'To whom (now {name})',
      choose: 'Choose an author',
      author: '{name} ({count, plural, one {# post} other {# posts}})',
      unclaimedAuthor: '{name} ({count, plural, one {# post} other {# posts}}, has never signed in)',
      submit: 'Give',
      authorWanted: 'Please choose an author.',
    },
    refused: {
      notThere: 'There is nothing at this address.',
      changed: 'Somebody else has changed this meanwhile. Save again to put yours in its place, or load the page anew to see theirs.',
      dayWanted: 'Please choose a day.',
      dayOver: 'This day is over. Please choose a day that is still to come, or close comments now.',
      textWanted: 'Please write a text.',
      careWanted: 'Please choose one of the three levels.',
      closingWanted: 'Please choose when comments close.',
      helplineTooLong: 'This has at most {count, number} characters.',
    },
    saving: {
      incomplete: 'What was sent is not complete. Please load the page again; what you typed is kept in this browser.',
      somebodyElse: 'Somebody else is signed in now. Sign in again in another tab as the one who writes here; nothing is lost.',
      ownConflict: 'You have saved this in another window, on {when}. Nothing was overwritten: choose which text is to stay.',
      conflict: '{name} has saved this, on {when}. Nothing was overwritten: choose which text is to stay.',
      unknownConflict: 'Somebody else has saved this, on {when}. Nothing was overwritten: choose which text is to stay.',
      inTrash: 'This {kind, select, page {page} other {post}} is in the trash. Restore it in the list of posts to go on with it.',
      tooLong: 'This text is too long for one post. Please make two of it.',
      titleTooLong: 'A title has at most {count} characters.',
      excerptTooLong: 'An excerpt has at most {count, number} characters.',
      slugTooLong: 'An address has at most {count, number} characters.',
      altTooLong: 'A description has at most {count, number} characters.',
      termTooLong: 'A category or tag has at most {count, number} characters.',
      tooManyTerms: 'A post has at most {count, number} categories and {count, number} tags.',
      passwordTooLong: 'A password has at most {count, number} characters.',
      passwordWanted: 'Please choose a password.',
      timeWanted: 'Please choose a day and a time.',
      timeOver: 'This time is over. Please choose one that is still to come, or publish it now.',
      nothingToPublish: 'There is nothing to publish yet. Please write a title or a text.',
    },
    embedding: {
      notThere: 'There is nothing here.',
      noVideo: 'That is no address of a video at YouTube or Vimeo.',
      noPicture: 'That is no address of a picture on the web.',
      tooMany: 'That was a lot at once. Please wait a little.',
    },
    kept: {
      playVideo: 'Play video on {service}',
      playVideoNamed: 'Play video on {service}: {name}',
      picture: 'Picture',
      pictureNamed: 'Picture: {name}',
      pictureAt: 'at {host}',
      audio: 'Audio',
      audioNamed: 'Audio: {name}',
      video: 'Video',
      videoNamed: 'Video: {name}',
      wholePicture: 'The whole picture',
      anotherPage: 'Leads to another page',
      leadsTo: 'Leads to {host}',
      backToText: 'Back to the text, note {number}',
      gallery: 'A gallery of pictures stood here.',
      galleryOf: 'A gallery of {count, number} pictures stood here.',
      pictureGone: 'This picture was deleted.',
    },
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
    state: {
      kept: 'Kept here',
      waiting: 'Waiting',
      sent: 'Sent',
      failed: 'Not sent',
      expired: 'Too old',
    },
    outbox: {
      heading: 'Outbox',
      sentAs: 'Mails are sent as <sender></sender>.',
      failed: '{count, plural, one {One mail} other {# mails}} of the last {days, number} days could not be sent. Below it says why.',
      empty: 'No mail yet. When somebody asks for a sign-in link or is invited, the mail is listed here.',
      noOlder: 'There are no older mails.',
      list: 'Mails',
      pages: 'Pages of mails',
      newest: 'Newest mails',
      older: 'Older mails',
    },
    noServer: {
      heading: 'No mail leaves this blog yet',
      means: 'There is no mail server, so every mail is kept here and nobody receives it. You can open a mail, copy its link and give it to the person yourself.',
      how: 'How to have mails sent',
      ask: 'Ask whoever provides your e-mail for the address of their mail server (they may call it “SMTP” or “outgoing server”), with a user name and a password.',
      write: 'Write these two lines, with your own values, into the settings of the blog: the file <code>.env</code> beside its <code>package.json</code>, unless whoever runs it keeps them elsewhere.',
      settings: 'The two settings',
      start: 'Start the blog again. This page then says who mails are sent as. Mails written before that stay here.',
      signs: 'In a name or password, write <code>%40</code> for <code>@</code>, <code>%3A</code> for <code>:</code> and <code>%2F</code> for <code>/</code>.',
    },
    mail: {
      noWords: 'The words of this mail are not kept: it had a link that was good for a short time.',
      keptForGood: 'Kept here, because no mail server was set when it was written. It is not sent any more.',
      kept: 'Kept here, because no mail server is set. Nobody has received it.',
      waiting: 'Waiting to be sent. This takes a few seconds.',
      triedAgain: 'It is tried again.',
      triedAgainOn: 'It is tried again on <time></time>.',
      sent: 'The mail server took it.',
      sentOn: 'The mail server took it on <time></time>.',
      notTriedAgain: 'It is not tried again.',
      expired: 'It was not sent in time, and is of no use any more.',
      keptExpired: 'Kept here, but its time is over: the link in it does not work any more.',
    },
    failure: {
      underWay: 'This mail is being sent already.',
      sender: 'The mail server does not take mails from this sender.',
      address: 'The mail server does not take mails to this address.',
      password: 'The mail server did not accept the name and password in SMTP_URL.',
      notSafe: 'No safe connection to the mail server could be made.',
      refused: 'The mail server refused this mail.',
      noAnswer: 'The mail server does not answer.',
      unknown: 'The mail could not be handed to the mail server.',
      itSaid: 'It said: “{response}”.',
    },
    letter: {
      code: 'Or type this code on the page where you asked for it:',
      address: 'If the button does not work, open this address:',
    },
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
