/** What the window of a sign-in tells the page that opened it. */
export type SignInNews = { popup: string; isSignedIn: boolean; /** Why not, or what there is to know besides. */ sentence: string | null };

/** Pages and windows of one browser talk there: a provider may have cut the tie between them. */
export const openSignInChannel = (): BroadcastChannel => new BroadcastChannel('sign-in');
