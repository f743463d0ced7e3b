import { offeredProviders } from '@/lib/identity/offered';
import { finishSignIn } from '@/lib/identity/signing-in';

type Props = { params: Promise<{ nextauth: string[] }> };

/** Where a provider sends people back to. Nothing else of NextAuth's has an address: sign-ins begin by a form of ours. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const [act, name, ...more] = (await params).nextauth;
  const provider = offeredProviders().find((offered) => offered === name);
  if (act !== 'callback' || !provider || more.length > 0) return new Response(null, { status: 404 });
  return finishSignIn(request, provider);
}
