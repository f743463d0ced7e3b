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
    frame: {
      back: 'Volver al blog',
      yours: 'Tus páginas',
      account: 'Tu cuenta',
      comments: 'Tus comentarios',
      desk: 'Escritorio',
    },
    screen: {
      latestComments: 'Tus últimos comentarios',
      allComments: 'Todos tus comentarios',
      data: 'Tus datos',
      dataHint: 'Un archivo con todo lo que este blog tiene sobre ti y todo lo que escribiste con la sesión iniciada.',
      download: 'Descargar mis datos',
      deleteAccount: 'Eliminar mi cuenta',
    },
    profile: {
      heading: 'Cómo te ven',
      name: 'Nombre (obligatorio)',
      nameHint: 'Un nombre nuevo aparece también en lo que ya has escrito, salvo donde usaste un nombre solo para una entrada.',
      website: 'Sitio web (opcional)',
      websiteHint: 'Tu nombre en tus comentarios enlaza ahí.',
      showPicture: 'Mostrar mi imagen junto a lo que escribo',
      noPictureHint: 'Aquí aún no hay ninguna imagen tuya. Llegará una cuando inicies sesión con una cuenta que la tenga; hasta entonces, en su lugar están las letras de tu nombre.',
      pictureHint: 'Sin ella, en su lugar están las letras de tu nombre.',
      save: 'Guardar',
    },
    logins: {
      heading: 'Cómo inicias sesión',
      link: 'Vincular {provider}',
      unlink: 'Desvincular <hidden>{login}</hidden>',
      linkedSince: 'Cuenta vinculada el <time></time>',
      addressLinkedSince: '<bdi>{email}</bdi>, cuenta vinculada el <time></time>',
      byEmail: 'Un enlace por correo',
      addressProvenSince: '<bdi>{email}</bdi>, dirección verificada el <time></time>',
      none: 'Todavía no hay ninguna forma de volver a iniciar sesión.',
      only: 'Es tu única forma de iniciar sesión, así que no se puede desvincular.',
    },
    sessions: {
      heading: 'Dónde has iniciado sesión',
      browserOn: '{browser} en {system}',
      someBrowser: 'Un navegador',
      here: 'este navegador',
      since: 'Sesión iniciada {way, select, email {con un enlace por correo} other {con {provider}}} el <since></since>, último uso: <used></used>',
      end: 'Cerrar <hidden>la sesión de {browser}</hidden>',
      endAll: 'Cerrar sesión en todas partes',
    },
    notices: {
      heading: 'Correos para ti',
      heldComments: 'Avisarme por correo de los comentarios pendientes',
      heldCommentsHint: 'Desde el correo puedes publicar un comentario, responderlo o no publicarlo, sin iniciar sesión.',
      needAddress: 'Estos correos necesitan una dirección verificada: inicia sesión una vez con un enlace por correo.',
      save: 'Guardar',
    },
    comments: {
      none: 'No has escrito ningún comentario con la sesión iniciada.',
      on: 'En «<bdi>{title}</bdi>»',
      asPseudonym: 'como <bdi>{name}</bdi>, un nombre usado solo en esta entrada',
      reason: 'El motivo: {reason}.',
      reword: 'Decirlo con otras palabras',
    },
    commentStates: {
      published: 'Publicado',
      waiting: 'Pendiente de lectura',
      notPublished: 'No publicado',
    },
    deletion: {
      soonGone: 'En {hours, plural, one {# hora} other {# horas}} tu cuenta desaparecerá para siempre: tu nombre, tu dirección, tu imagen, cómo inicias sesión y dónde. Hasta entonces puedes cambiar de opinión aquí.',
      whatOfComments: '¿Qué pasa con lo que escribiste?',
      anonymise: 'Conservar lo que escribí, sin mi nombre',
      anonymiseHint: 'Tus comentarios se podrán seguir leyendo y dirán «Anónimo». Ya nadie podrá saber que son tuyos.',
      remove: 'Eliminar lo que escribí',
      removeHint: 'Tus comentarios se vacían para siempre. Donde otras personas hayan respondido queda un lugar vacío, para que sus respuestas se puedan leer. Todo desaparece a la vez, también lo que escribiste con un nombre usado en una sola entrada.',
      guestComments: 'Los comentarios que escribiste sin iniciar sesión no forman parte de tu cuenta. Pide a quien lleva este blog que los elimine.',
      submit: 'Eliminar mi cuenta',
      keep: 'Conservar mi cuenta',
    },
    deletionHelp: {
      intro: 'Puedes pedir que se elimine todo lo que este blog tiene sobre ti: tu nombre, tu dirección y tu imagen, cómo inicias sesión y, si quieres, lo que escribiste.',
      signInFirst: 'Inicia sesión como lo hacías antes: con Google, Twitter, Facebook o un enlace por correo.',
      choose: 'Elige qué pasa con tus comentarios y pulsa «{button}».',
      wait: '{hours, plural, one {# hora} other {# horas}} después, todo está eliminado. Hasta entonces puedes cambiar de opinión.',
      signIn: 'Iniciar sesión para eliminar mi cuenta',
      cannotSignIn: 'Si ya no puedes iniciar sesión, o escribiste sin iniciarla, escribe a quien lleva este blog y di qué nombre y qué dirección usaste. <link>Qué guarda este blog</link>',
    },
    keeping: {
      heading: 'Tu cuenta se va a eliminar',
      when: 'El <time></time>. {comments, select, anonymise {Lo que escribiste se queda, sin tu nombre.} other {Lo que escribiste se elimina con ella.}} Hasta entonces puedes cambiar de opinión.',
      notAtPresent: 'Lo has pedido, pero de momento no se puede eliminar. {refusal}',
      keep: 'Conservar mi cuenta',
    },
    signOut: {
      button: 'Cerrar sesión',
      noAnswer: 'El blog no ha respondido. Vuelve a cargar esta página e inténtalo de nuevo.',
    },
    leaving: {
      heading: 'Algunos de tus textos están solo en este navegador',
      untitled: 'Sin título',
      explanation: 'No se han podido guardar. Abre uno para retomar lo escrito. Si otras personas usan este navegador, no dejes tus textos en él: quien sepa cómo puede leerlos aquí.',
      throwAway: 'Descartar y cerrar sesión',
      keepHere: 'Dejar aquí y cerrar sesión',
      stay: 'No cerrar sesión',
    },
    refusals: {
      notSignedIn: 'Tu sesión ya no está iniciada. Inicia sesión e inténtalo de nuevo.',
      loginGone: 'Esta cuenta ya no está vinculada.',
      sessionGone: 'Esta sesión ya se ha cerrado.',
      noDeskAnyMore: 'Ya no tienes escritorio, así que no hay nada de lo que avisarte.',
      noDesk: 'Aquí no tienes escritorio.',
      beingDeleted: 'El tiempo para cambiar de opinión ha terminado: tu cuenta se está eliminando.',
      staffName: 'Alguien que lleva este blog tiene este nombre. Elige otro.',
      heldWord: 'Este nombre o sitio web contiene una palabra que no puede aparecer aquí. Elige otro.',
      accountGone: 'Esta cuenta ya no existe.',
      shutOut: 'De momento no puedes cambiar tu nombre ni tu sitio web.',
      unreadableName: 'Escribe un nombre que se pueda leer.',
      onlyOwner: 'Solo tú eres propietario de este blog. Haz propietario antes a alguien más.',
      hasPosts: '{count, plural, one {Has escrito una entrada en este blog. Cédela antes a alguien.} other {Has escrito # entradas en este blog. Cédelas antes a alguien.}}',
      onlyWayIn: 'Es tu única forma de iniciar sesión. Vincula antes otra.',
      otherWarning: 'Entretanto te han escrito otra cosa. Lee también eso.',
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
} as const satisfies Words;
