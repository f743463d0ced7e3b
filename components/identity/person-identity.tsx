import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { Field } from '@/components/ui/field';
import type { BoxIdentity, EnteredComment } from '@/lib/comments/box';
import { NAME_MAX_CHARACTERS } from '@/lib/comments/schema';
import { WAY_NAMES } from '@/lib/identity/schema';
import { Portrait } from './portrait';

type Person = Extract<BoxIdentity, { kind: 'person' }>;
type Props = { identity: Person; entered: EnteredComment; fields: Record<string, string> };

/** Who is speaking, signed in: picture, name, how, and the ways out of it. */
export function PersonIdentity({ identity, entered, fields }: Props) {
  const { name, isNamed, way, picture, pseudonym } = identity;
  const spoken = pseudonym ?? name;
  return (
    <div className="identity identity--person" data-identity="person">
      <div className="identity-who">
        <Portrait name={spoken} picture={pseudonym === null ? picture : null} size="large" />
        <p>
          {(isNamed || pseudonym !== null) && <strong>{spoken}</strong>}
          <span>{`You are commenting using your ${WAY_NAMES[way]} account.`}</span>
        </p>
        <div className="identity-acts">
          <Button quiet name="intent" value="log-out">
            Log Out
          </Button>
          <Button quiet name="intent" value="change">
            Change
          </Button>
        </div>
      </div>
      {pseudonym === null && !isNamed && (
        <Field id="box-name" name="name" label="Name (required)" hint="Shown beside what you write" required maxLength={NAME_MAX_CHARACTERS} autoComplete="name" defaultValue={entered.name || name} error={fields.name} />
      )}
      {pseudonym !== null && <p className="field-hint">{`On this post you write as ${pseudonym}. ${WHO_SEES}`}</p>}
      {identity.mayTakePseudonym && <OtherName entered={entered} error={fields.pseudonym} />}
    </div>
  );
}

const WHO_SEES = "Readers and moderators see only this name. The blog's owner can see who you are.";

/** A name for this post alone: its field is shown once it is wanted. */
function OtherName({ entered, error }: { entered: EnteredComment; error: string | undefined }) {
  return (
    <div className="pseudonym">
      <Check name="as-pseudonym" label="Use a name on this post only" defaultChecked={entered.asPseudonym} />
      <p className="field-hint">{WHO_SEES}</p>
      <Field id="box-pseudonym" name="pseudonym" label="Name on this post" hint="It stays the same for all you write here. A person reads each comment under such a name before it appears." maxLength={NAME_MAX_CHARACTERS} autoComplete="off" defaultValue={entered.pseudonym} error={error} />
    </div>
  );
}
