import { parse } from 'csv-parse/sync';
import { emailSchema } from '../identity/schema';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';

/** Where a list comes from, told by its columns; null: some other list of addresses. */
export type ListSource = 'Ghost' | 'Substack' | 'WordPress.com' | null;
/** One row of a list. `off`: why its own service did not write to it any more. */
export type ListedPerson = { line: number; email: string | null; typed: string; isOff: boolean };
export type SubscriberList = { source: ListSource; people: ListedPerson[] };

/** A larger file is no list of a blog's readers. */
export const LIST_MAX_BYTES = 20 * 1024 * 1024;

const ADDRESS_COLUMNS = ['email', 'email_address', 'user_email_address', 'user_email', 'subscriber_email', 'e_mail', 'e_mail_address', 'subscriber'];
const SIGNS: [Exclude<ListSource, null>, string[]][] = [
  ['Ghost', ['subscribed_to_emails', 'complimentary_plan', 'stripe_customer_id']],
  ['Substack', ['active_subscription', 'email_disabled', 'user_email_address', 'subscription_type', 'stripe_plan', 'first_payment_at']],
  ['WordPress.com', ['subscription_status', 'email_subscription', 'date_subscribed', 'subscribed_at', 'wp_com_username', 'since', 'status', 'date']],
];

/** The name of a column as it is looked for: `Email Address` and `email_address` are one. */
const named = (column: string): string => column.trim().toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '');

type Row = Record<string, string>;
const isNo = (value: string | undefined): boolean => ['false', 'no', '0'].includes((value ?? '').trim().toLowerCase());
const isYes = (value: string | undefined): boolean => ['true', 'yes', '1'].includes((value ?? '').trim().toLowerCase());
const isFilled = (value: string | undefined): boolean => (value ?? '').trim() !== '';

/** Whether the service that wrote the list did not write to this address: its owner had left, never confirmed, or mail came back. */
function isOff(row: Row): boolean {
  if (isNo(row.subscribed_to_emails) || isFilled(row.deleted_at) || isYes(row.email_disabled) || isFilled(row.unsubscribed_at)) return true;
  const status = (row.status ?? row.email_subscription ?? row.subscription_status ?? '').trim().toLowerCase();
  return ['unsubscribed', 'not subscribed', 'not confirmed', 'not sending', 'pending', 'bounced', 'blocked', 'unconfirmed', 'inactive'].includes(status);
}

/** Whether the beginning of a file is that of a list: one line of names, one of which is that of an address. */
export function isSubscriberList(head: string): boolean {
  const [first = ''] = head.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  if (first.includes('<') || first.length > 4_000) return false;
  return first.split(/[,;\t]/).some((column) => ADDRESS_COLUMNS.includes(named(column.replaceAll('"', ''))));
}

/**
 * Reads a list of subscribers as WordPress.com, Substack, Ghost or a table program write it (CSV, RFC 4180; semicolons and
 * tabs too). Refuses: `invalid` for what is no such list.
 */
export function readSubscriberList(text: string): Result<SubscriberList> {
  try {
    const rows: { info: { lines: number }; record: Row }[] = parse(text, { bom: true, columns: (header: string[]) => header.map(named), delimiter: [',', ';', '\t'], info: true, relax_column_count: true, skip_empty_lines: true, trim: true });
    const columns = Object.keys(rows[0]?.record ?? {});
    const address = ADDRESS_COLUMNS.find((name) => columns.includes(name));
    if (rows.length > 0 && address === undefined) return fail('invalid', t('subscriptions.lists.noAddresses'));
    const source = SIGNS.find(([, signs]) => signs.some((sign) => columns.includes(sign)))?.[0] ?? null;
    const people = rows.map(({ info, record }) => {
      const typed = record[address ?? ''] ?? '';
      const parsed = emailSchema.safeParse(typed);
      return { line: info.lines, email: parsed.success ? parsed.data : null, typed, isOff: isOff(record) };
    });
    return ok({ source, people });
  } catch {
    return fail('invalid', t('subscriptions.lists.unreadable'));
  }
}
