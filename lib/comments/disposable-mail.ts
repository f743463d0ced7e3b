let domains: Promise<Set<string>> | undefined;

/** The list of the package disposable-email-domains-js (CC0), read when it is first needed: about a megabyte. */
const list = (): Promise<Set<string>> => (domains ??= import('disposable-email-domains-js').then((read) => read.disposableEmailBlocklistSet()));

/** The domain that an address belongs to, or one above it, where that gives out addresses to be thrown away; else null. */
export async function disposableDomainOf(email: string): Promise<string | null> {
  const known = await list();
  const labels = email.slice(email.lastIndexOf('@') + 1).trim().toLowerCase().split('.');
  return labels.map((_, at) => labels.slice(at).join('.')).find((domain) => known.has(domain)) ?? null;
}
