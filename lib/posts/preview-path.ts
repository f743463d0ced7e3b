/** Where a post is seen by whoever has been given the link, before it is out. */
export const previewPath = (token: string): string => `/preview/${token}`;
