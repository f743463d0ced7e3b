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
    library: {
      heading: 'Medios',
      name: 'Biblioteca',
      deleted: 'El archivo se ha borrado.',
      searchLabel: 'Buscar por nombre o descripción',
      search: 'Buscar',
      show: 'Mostrar',
      everything: 'Todo',
      showEverything: 'Mostrar todo',
      noneLikeThat: 'No hay nada así en la biblioteca.',
      noMore: 'No hay nada más.',
      noneYet: 'Todavía no hay nada. Aquí aparece lo que subes y lo que llega con una importación.',
      pages: 'Páginas de la biblioteca',
      newer: 'Archivos más recientes',
      older: 'Archivos más antiguos',
      unnamed: 'Un archivo sin nombre',
      notDescribed: 'Sin descripción',
    },
    kinds: {
      image: 'Imágenes',
      video: 'Vídeos',
      audio: 'Audios',
      file: 'Documentos',
    },
    picker: {
      title: 'Elegir de la biblioteca',
      cancel: 'Cancelar',
      noPicture: 'Eso no es una imagen. Ya está en la biblioteca; elige una imagen para este lugar.',
      otherKind: 'Eso es de otro tipo. Ya está en la biblioteca; elige otro archivo para este lugar.',
      noAnswer: 'La biblioteca no ha respondido. Inténtalo de nuevo.',
      noneNamedSo: 'No hay nada con ese nombre en la biblioteca.',
      noneYet: 'Todavía no hay nada en la biblioteca.',
      more: 'Mostrar más',
      count: '{count, plural, one {# archivo} other {# archivos}}',
      countAndMore: '{count, plural, one {# archivo y más} other {# archivos y más}}',
      choose: 'Elegir {name}',
      chooseUnnamed: 'Elegir un archivo sin nombre',
    },
    upload: {
      button: 'Subir archivos',
      hint: 'O suéltalos aquí. Imágenes de hasta 60 MB; vídeos, audios y documentos de hasta 2 GB. De las imágenes se elimina dónde se tomaron.',
      list: 'Subidas',
      of: 'Subida de {name}',
      beingKept: 'Guardando…',
      come: '{name} está en la biblioteca.',
      justUploaded: 'Recién subidos',
      tryAgain: 'Reintentar',
      tryAgainNamed: 'Reintentar: {name}',
      cancel: 'Cancelar',
      cancelNamed: 'Cancelar: {name}',
      remove: 'Quitar',
      removeNamed: 'Quitar de esta lista: {name}',
      noAnswer: 'El blog no ha respondido. Comprueba la conexión e inténtalo de nuevo.',
      signedOut: 'Tu sesión ya no está iniciada. Inicia sesión en otra ventana y vuelve a intentarlo.',
      tooLarge: 'Este archivo es más grande de lo que guarda el blog: sesenta megabytes para una imagen, dos gigabytes para lo demás.',
      empty: 'Este archivo está vacío.',
      failed: 'No ha funcionado. Inténtalo de nuevo.',
    },
    file: {
      all: 'Todos los medios',
      document: 'Un documento',
      kind: 'Tipo',
      size: 'Tamaño',
      sizeAndPixels: '{size}, {width} × {height} píxeles',
      since: 'Desde',
      from: 'De',
      anImport: 'Una importación',
      deleting: 'Borrar',
    },
    uses: {
      heading: 'Dónde se usa',
      nowhere: 'En ningún lugar del blog.',
      untitled: 'Sin título',
      others: '{count, plural, one {Una entrada de otra persona} other {# entradas de otras personas}}',
      sitePicture: 'La imagen del blog',
      siteIcon: 'El icono del blog',
    },
    usedAs: {
      text: '<post>{title}</post>, en su texto',
      cover: '<post>{title}</post>, como portada',
      draft: '<post>{title}</post>, en cambios que aún no se han publicado',
    },
    places: {
      usedIn: 'Se usa en {places}.',
      posts: '{count, plural, one {una entrada} other {# entradas}}',
      sitePicture: 'la imagen del blog',
      siteIcon: 'el icono del blog',
    },
    description: {
      label: 'Descripción',
      hint: 'Para quienes no ven la imagen: ¿qué muestra? Se propone al ponerla en una entrada; las entradas que ya la muestran conservan sus palabras.',
      save: 'Guardar',
      tooLong: 'Una descripción tiene como máximo {max, number} caracteres.',
    },
    address: {
      copy: 'Copiar la dirección',
      copied: 'Copiada.',
      notCopied: 'No se ha podido copiar. Es {address}',
      open: 'Abrir el archivo',
    },
    deletion: {
      ask: 'Borrar…',
      question: '¿Borrar {name}?',
      nowhere: 'No aparece en ningún lugar del blog.',
      somewhere: '{where} Allí, su descripción ocupa su lugar de inmediato.',
      forGood: 'Esto no se puede deshacer. Una importación posterior no lo recupera; puedes volver a subirlo.',
      cancel: 'Cancelar',
      delete: 'Borrar',
    },
    refusals: {
      notYours: 'No hay nada en esta dirección.',
      notInLibrary: 'Este archivo ya no está en la biblioteca.',
      goneMeanwhile: 'Este archivo se estaba quitando de la biblioteca en ese momento. Envíalo de nuevo.',
      notKept: 'Lo que hay ahí no es una imagen, un audio, un vídeo ni un documento que este blog guarde.',
      tooLarge: 'El archivo es más grande de lo que guarda este blog: sesenta megabytes para una imagen, dos gigabytes para lo demás.',
      broken: 'La imagen está dañada o tiene más de cien millones de píxeles.',
      metadataBroken: 'La imagen está dañada: no se ha podido quitar de ella lo que dice de su autor y de su lugar.',
      notDrawn: 'Este archivo no se puede dibujar como imagen. Elige otro: JPEG, PNG, WebP, GIF o AVIF.',
      notShown: 'Lo que hay ahí no es una imagen que este blog pueda mostrar: JPEG, PNG, WebP, GIF o AVIF, de cuatro millones de píxeles como máximo.',
    },
    fetching: {
      onlyPublic: 'Solo se consultan direcciones públicas.',
      onlyHttps: 'Una imagen solo se trae de una dirección https pública.',
      tooLarge: 'Lo que hay en la dirección es más grande de lo que este blog acepta.',
      unavailable: 'Lo que hay en la dirección no se ha podido obtener en este momento.',
      notThere: 'No hay nada en la dirección.',
      hostGone: 'El servidor no ha dado nada desde hace rato.',
      noPicture: 'Lo que hay ahí no es una imagen.',
      saysNoPicture: 'Lo que hay en la dirección no dice que sea una imagen.',
      noPreview: 'Este vídeo no tiene imagen de vista previa.',
      namesNoPreview: 'Lo que hay ahí no dice nada de una imagen de vista previa.',
    },
    storage: {
      diskFull: 'El disco en el que el blog guarda sus archivos (DATA_DIR) está lleno. Haz sitio y continúa.',
      diskRefuses: 'El blog no puede escribir en su carpeta de archivos (DATA_DIR): {reason}.',
      away: 'El almacén de archivos (S3_ENDPOINT) no está accesible en este momento. Inténtalo de nuevo dentro de un momento.',
      refuses: 'El almacén de archivos (S3_ENDPOINT) rechaza al blog. Quien sea propietario debería revisar S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION y lo que esa clave puede hacer con S3_BUCKET.',
      odd: 'El almacén de archivos (S3_ENDPOINT) ha dado una respuesta que el blog no conoce.',
      listsOtherwise: 'El almacén de archivos (S3_ENDPOINT) no enumera lo que tiene como lo hace S3.',
      noParts: 'El almacén de archivos (S3_ENDPOINT) no da partes de archivos.',
      noBucket: 'El bucket de archivos (S3_BUCKET) no existe. Créalo o indica otro.',
      fileGone: 'Un archivo ha desaparecido del bucket de archivos (S3_BUCKET).',
    },
    archive: {
      notThere: 'No hay ningún archivo ni carpeta {path}.',
      ofNoKind: '{path} no es una carpeta ni un archivo .zip, .tar o .tar.gz.',
      tooMany: '{path} no se puede leer: contiene más de {max, number} archivos.',
      unreadable: '{path} no se puede leer: {reason}.',
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
} as const satisfies Words;
