import { Dialog } from '@base-ui/react/dialog';
import { Button } from '@/components/ui/button';
import { useDesk } from './desk-context';
import { KEY_LIST, type KeyLine } from './keys';
import { t } from '@/lib/words/t';

type Props = { isOn: boolean; turn: (isOn: boolean) => void; isOpen: boolean; open: (isOpen: boolean) => void; list?: readonly KeyLine[] };

/** The switch that makes the desk listen to keys or not, and their list. */
export function KeysHelp({ isOn, turn, isOpen, open, list = KEY_LIST }: Props) {
  const { returnFocus } = useDesk();
  return (
    <div className="queue-keys">
      <label className="check">
        <input type="checkbox" role="switch" checked={isOn} onChange={({ target }) => turn(target.checked)} />
        <span>{t('moderation.keysHelp.heading')}</span>
      </label>
      {/* No trigger of the dialog: `?` opens it too, and then focus goes back to the card. */}
      <Button quiet type="button" aria-haspopup="dialog" onClick={() => open(true)}>
        {t('moderation.keysHelp.list')}
      </Button>
      <Dialog.Root open={isOpen} onOpenChange={open} onOpenChangeComplete={(isNowOpen) => !isNowOpen && returnFocus()}>
        <Dialog.Portal>
          <Dialog.Backdrop className="dialog-backdrop" />
          <Dialog.Popup className="dialog" finalFocus={() => false}>
            <Dialog.Title className="dialog-title">{t('moderation.keysHelp.heading')}</Dialog.Title>
            <Dialog.Description>{t(`moderation.keysHelp.${isOn ? 'on' : 'off'}`)}</Dialog.Description>
            <dl className="key-list">
              {list.map(({ keys, withShift = false, does }) => (
                <div key={does}>
                  <dt>
                    {keys.map((key, at) => (
                      <kbd key={key}>{withShift && at === 0 ? t('moderation.keysHelp.withShift', { key }) : key}</kbd>
                    ))}
                  </dt>
                  <dd>{t(does)}</dd>
                </div>
              ))}
            </dl>
            <div className="dialog-acts">
              <Dialog.Close render={<Button type="button" />}>{t('moderation.keysHelp.close')}</Dialog.Close>
            </div>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </div>
  );
}
