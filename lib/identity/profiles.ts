import { lookOf } from '../text/alike';
import { emailSchema, NAME_MAX_CHARACTERS, type Provider, type Stated } from './schema';

/** What a provider says of a person, as it arrives. */
export type Profile = Record<string, unknown>;

/** What is a text with something in it, else null. */
export const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);
/** What is an object, else one without anything. */
export const object = (value: unknown): Profile => (typeof value === 'object' && value !== null ? (value as Profile) : {});

/** A name as we store it: one line of what is written, no longer than a name may be; none in which nothing can be seen. */
const nameOf = (value: unknown): string | null => {
  const line = text(typeof value === 'string' ? value.replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ') : null);
  const name = line && [...line].slice(0, NAME_MAX_CHARACTERS).join('');
  return name && lookOf(name) !== '' ? name : null;
};

/** Longer than any provider's. */
const ID_MAX_CHARACTERS = 255;

function statedBy({ id, name, email, isEmailProven, picture }: Record<keyof Stated, unknown>): Stated {
  const known = typeof id === 'number' ? String(id) : text(id);
  // Without it everybody would be a new person each time.
  if (known === null || known.length > ID_MAX_CHARACTERS) throw new TypeError('The provider gave no id of the person.');
  const address = emailSchema.safeParse(email);
  return { id: known, name: nameOf(name), email: address.success ? address.data : null, isEmailProven: isEmailProven === true, picture: text(picture) };
}

/**
 * What each provider's answer says of a person. Google says of an address whether it is proven; Facebook and Twitter do
 * not, unless the server in their place does.
 * @throws TypeError when it does not even say who it is
 */
export const readProfile: Record<Provider, (profile: Profile) => Stated> = {
  google: ({ sub, name, email, email_verified: isEmailProven, picture }) => statedBy({ id: sub, name, email, isEmailProven, picture }),
  twitter: (profile) => {
    const person = 'data' in profile ? object(profile.data) : profile;
    const { id = person.sub, name, email, email_verified: isEmailProven, profile_image_url: small = person.picture } = person;
    // Not its thumbnail of 48 pixels, and not what was uploaded either, which may be large.
    return statedBy({ id, name, email, isEmailProven, picture: text(small)?.replace(/_normal(\.\w+)$/, '_400x400$1') });
  },
  facebook: (profile) => {
    const { id = profile.sub, name, email, email_verified: isEmailProven, picture } = profile;
    return statedBy({ id, name, email, isEmailProven, picture: text(picture) ?? object(object(picture).data).url });
  },
};
