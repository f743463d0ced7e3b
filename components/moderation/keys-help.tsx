import { Dialog } from '@base-ui/react/dialog';
import { Button } from '@/components/ui/button';
import { useDesk } from './desk-context';
import { KEY_LIST } from './keys';

type Props = { isOn: boolean; turn: (isOn: boolean) => void; isOpen: boolean; open: (isOpen: boolean) => void; list?: typeof KEY_LIST };

/** The switch that makes the desk listen to keys or not, and their list. */
export function KeysHelp({ isOn, turn, isOpen, open, list = KEY_LIST }: Props) {
  const { returnFocus } = useDesk();
  return (
    <div className="queue-keys">
      <label className="check">
        <input type="checkbox" role="switch" checked={isOn} onChange={({ target }) => turn(target.checked)} />
        <span>Keyboard shortcuts</span>
      </label>
      {/* No trigger of the dialog: `?` opens it too, and then focus goes back to the card. */}
      <Button quiet type="button" aria-haspopup="dialog" onClick={() => open(true)}>
        List of keys
      </Button>
      <Dialog.Root open={isOpen} onOpenChange={open} onOpenChangeComplete={(isNowOpen) => !isNowOpen && returnFocus()}>
        <Dialog.Portal>
          <Dialog.Backdrop className="dialog-backdrop" />
          <Dialog.Popup className="dialog" finalFocus={() => false}>
            <Dialog.Title className="dialog-title">Keyboard shortcuts</Dialog.Title>
            <Dialog.Description>{isOn ? 'They work while focus is on a comment of the list.' : 'They are switched off at present.'}</Dialog.Description>
            <dl className="key-list">
              {list.map(({ keys, does }) => (
                <div key={does}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
            <div className="dialog-acts">
              <Dialog.Close render={<Button type="button" />}>Close</Dialog.Close>
            </div>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </div>
  );
}
