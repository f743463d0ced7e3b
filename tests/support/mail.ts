import type { BlogUnderTest } from './blog';

export type MailSeen = {
  subject: string;
  text: string;
  html: string;
  /** The address of the blog in it, where there is one. */
  link: string | null;
  /** The short code on a line of its own, where there is one. */
  code: string | null;
};

/** The mails to an address, newest first: written when this was asked for, sent or not. */
export async function mailsTo(blog: BlogUnderTest, address: string): Promise<MailSeen[]> {
  const { rows } = await blog.sql.query<Pick<MailSeen, 'subject' | 'text' | 'html'>>('SELECT subject, text, html FROM "Mail" WHERE "to" = $1 ORDER BY "createdAt" DESC, id DESC', [address]);
  return rows.map((mail) => ({ ...mail, link: linkIn(blog, mail.text), code: codeIn(mail.text) }));
}

/** The newest mail to an address. @throws when there is none */
export async function mailTo(blog: BlogUnderTest, address: string): Promise<MailSeen> {
  const [newest] = await mailsTo(blog, address);
  if (!newest) throw new Error(`No mail to ${address}.`);
  return newest;
}

function linkIn(blog: BlogUnderTest, text: string): string | null {
  const addresses = text.match(/https?:\/\/\S+/g) ?? [];
  return addresses.find((address) => new URL(address).origin === blog.url && new URL(address).pathname !== '/') ?? null;
}

const codeIn = (text: string): string | null => /^\s*(\d{6})\s*$/m.exec(text)?.[1] ?? null;
