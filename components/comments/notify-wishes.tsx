import { Check } from '@/components/ui/check';
import { SelectField } from '@/components/ui/select-field';
import { FREQUENCIES, SCOPES, WISH_FIELDS, type EnteredWishes } from '@/lib/subscriptions/schema';
import { t } from '@/lib/words/t';

type Props = { wishes: EnteredWishes; hasAddress: boolean; isGuest: boolean };

/** What the writer of a comment asks to be told of by mail; how is asked once they want anything. */
export function NotifyWishes({ wishes: { comments, scope, posts, frequency }, hasAddress, isGuest }: Props) {
  if (!hasAddress) return <p className="field-hint notify-none">{t.rich('subscriptions.box.noAddress', { account: (words) => <a href="/account">{words}</a> })}</p>;
  return (
    <fieldset className="notify">
      <legend className="sr-only">{t('subscriptions.box.legend')}</legend>
      <Check name={WISH_FIELDS.comments} label={t('subscriptions.box.comments')} defaultChecked={comments} />
      <Check name={WISH_FIELDS.posts} label={t('subscriptions.box.posts')} defaultChecked={posts} />
      <div className="notify-how">
        <SelectField id="box-notify-scope" name={WISH_FIELDS.scope} label={t('subscriptions.box.scope')} defaultValue={scope} options={SCOPES.map((value) => ({ value, label: t(`subscriptions.scope.${value}`) }))} />
        <SelectField id="box-notify-frequency" name={WISH_FIELDS.frequency} label={t('subscriptions.box.frequency')} defaultValue={frequency} options={FREQUENCIES.map((value) => ({ value, label: t(`subscriptions.frequency.${value}`) }))} />
        {isGuest && <p className="field-hint">{t('subscriptions.box.confirmHint')}</p>}
      </div>
    </fieldset>
  );
}
