// The package brings no types, and those of DefinitelyTyped do not know `preferred`.
declare module 'negotiator' {
  export default class Negotiator {
    constructor(request: { headers: Record<string, string> });
    /** Those of `available` that the client takes, best first; `preferred` decides between equals. */
    encodings(available: string[], options?: { preferred?: string[] }): string[];
  }
}
