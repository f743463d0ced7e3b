/** What the window of a sign-in tells the page that opened it. */
export type SignInNews = { popup: string; failure: string | null };

/** Pages and windows of one browser talk there: a provider may have cut the tie between them. */
export const openSignInChannel = (): BroadcastChannel => new BroadcastChannel('sign-in');
