import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import {
  decodeProtectedHeader,
  errors,
  type JWTClaimVerificationOptions,
  type JWTPayload,
  UnsecuredJWT,
} from 'jose';

const hashes = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' } as const;

export type SecretAlgorithm = keyof typeof hashes;

/** What jose expects in front of claims that were not signed. */
const unsecuredHeader = Buffer.from('{"alg":"none"}').toString('base64url');

/**
 * Verifies tokens that were signed with a secret, in the turn of the caller. jose would hand each to
 * a thread, which costs several times what the HMAC itself does; it still reads header and claims.
 */
export function createSecretVerifier(
  key: KeyObject,
  algorithms: readonly SecretAlgorithm[],
  checks: JWTClaimVerificationOptions,
): (token: string) => JWTPayload {
  const algorithmOf = (token: string) => {
    const { alg, crit } = decodeProtectedHeader(token);
    const algorithm = algorithms.find((allowed) => allowed === alg);
    if (!algorithm) throw new errors.JOSEAlgNotAllowed('"alg" is not one of those allowed');
    if (crit !== undefined) throw new errors.JOSENotSupported('"crit" is not supported');
    return algorithm;
  };
  /** The last header that was allowed: an issuer puts the same one in front of each token. */
  let known: { readonly header: string; readonly algorithm: SecretAlgorithm } | null = null;

  return (token) => {
    const header = token.slice(0, token.indexOf('.'));
    if (known?.header !== header) known = { header, algorithm: algorithmOf(token) };
    const { algorithm } = known;
    const end = token.lastIndexOf('.');
    const signed = token.slice(0, end);
    const signature = createHmac(hashes[algorithm], key).update(signed).digest('base64url');
    if (!isEqual(signature, token.slice(end + 1))) {
      throw new errors.JWSSignatureVerificationFailed();
    }
    const claims = signed.slice(signed.indexOf('.') + 1);
    return UnsecuredJWT.decode(`${unsecuredHeader}.${claims}.`, checks).payload;
  };
}

/** Takes as long for a wrong signature as for a nearly right one. */
function isEqual(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
