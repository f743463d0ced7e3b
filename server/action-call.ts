type Fields = [string, string][];

const ACTION_PART = /^\$ACTION_(\d+):(\d+)$/;
// Of React's marks in strings: an escaped `$`, nothing, the form itself. What else it would read was written by no form of ours.
const HONEST_MARK = /^\$(?:\$|undefined$|K[\da-f]+$)/;

/** Whether a plain form calls its actions as a browser would: React answers anything else by throwing, and Next with 500. */
export function areCallable(fields: Fields): boolean {
  return fields.every(([name, value]) => {
    const [, action, part] = ACTION_PART.exec(name) ?? [];
    if (part === undefined) return true;
    return part === '0' ? isReference(value, fields.some(([other]) => other === `$ACTION_${action}:1`)) : isPlain(value);
  });
}

/** The same for a call by script: one JSON text, or parts with numbers for names. */
export function isPlainCall(fields: Fields, text: string | null): boolean {
  return text === null ? fields.every(([name, value]) => !/^\d+$/.test(name) || isPlain(value)) : isPlain(text);
}

function isReference(value: string, hasBound: boolean): boolean {
  const { id, bound } = (parsed(value) ?? {}) as { id?: unknown; bound?: unknown };
  return typeof id === 'string' && (bound === null || (bound === '$@1' && hasBound));
}

function isPlain(json: string): boolean {
  const value = parsed(json);
  return value !== undefined && isHonest(value, 0);
}

const MAX_DEPTH = 20;

function isHonest(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return !value.startsWith('$') || HONEST_MARK.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return depth < MAX_DEPTH && Object.values(value).every((each) => isHonest(each, depth + 1));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
