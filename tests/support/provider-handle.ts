import type { Provider } from '../../lib/identity/schema';
import { SOMEBODY, type Controls, type Fault, type ProviderPerson, type Received } from './provider-script';

/** A provider on the loopback, as a test handles it. */
export class ProviderControl {
  constructor(readonly way: Provider, readonly address: string) {}

  /** The person at the browser is this one; what is not said is as in SOMEBODY. */
  is(person: Partial<ProviderPerson>): Promise<void> {
    return this.set({ people: [{ ...SOMEBODY[this.way], ...person }] });
  }

  /** From now on it does this wrong. */
  fails(fault: Fault): Promise<void> {
    return this.set({ fault });
  }

  /** It does not answer until `release`. */
  hold(held: 'authorize' | 'token'): Promise<void> {
    return this.set({ held });
  }

  release(): Promise<void> {
    return this.set({ held: null });
  }

  set(controls: Partial<Controls>): Promise<void> {
    return this.ask('PUT', controls).then(() => undefined);
  }

  /** As it was at the beginning: an honest provider with one person, who has not been asked anything. */
  reset(): Promise<void> {
    return this.ask('DELETE').then(() => undefined);
  }

  /** What it was asked since the last `reset`. */
  async received(): Promise<Received> {
    return (await this.ask('GET')).json() as Promise<Received>;
  }

  private async ask(method: string, body?: Partial<Controls>): Promise<Response> {
    const answer = await fetch(`${this.address}/control`, { method, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${this.way} answered ${answer.status} to ${method} /control.`);
    return answer;
  }
}
