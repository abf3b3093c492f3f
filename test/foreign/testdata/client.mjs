// A client of the practice cloud that others wrote: MSAL for Node.js signs in, and jose verifies its tokens. The test that runs it gives
// it the facts of one app registration, and opens the addresses that a browser is to open. Each step is told on a line of JSON.
import assert from "node:assert/strict";
import { X509Certificate, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import * as msal from "@azure/msal-node";
import { createRemoteJWKSet, jwtVerify } from "jose";

const facts = JSON.parse(readFileSync(0, "utf8"));
const graph = "https://graph.microsoft.com";
const userRead = [`${graph}/User.Read`];
const partnerCenter = ["https://api.partnercenter.microsoft.com/user_impersonation"];

async function step(name, work) {
  let error = "";
  try {
    await work();
  } catch (e) {
    error = e.stack || String(e);
  }
  console.log(JSON.stringify({ step: name, error }));
  if (error) process.exit(1);
}

// control asks something of the test.
async function control(what, body) {
  const answer = await fetch(`${facts.control}/${what}`, { method: "POST", body });
  assert.equal(answer.status, 200, `${what}: ${answer.status}`);
  return answer.json();
}

function configuration(tenant) {
  const auth = { clientId: facts.clientId, authority: `${facts.login}/${tenant}`, knownAuthorities: [new URL(facts.login).host] };
  if (facts.kind === "secret") auth.clientSecret = facts.secret;
  if (facts.kind === "certificate") {
    auth.clientCertificate = {
      privateKey: facts.certificate,
      thumbprintSha256: new X509Certificate(facts.certificate.slice(facts.certificate.indexOf("-----BEGIN CERTIFICATE"))).fingerprint256.replaceAll(":", ""),
    };
  }
  return { auth };
}

function newClient(tenant) {
  return facts.kind === "public"
    ? new msal.PublicClientApplication(configuration(tenant))
    : new msal.ConfidentialClientApplication(configuration(tenant));
}

// signIn signs the integration user in, as an app of the kind does it.
async function signIn(client, scopes) {
  if (facts.kind === "public") {
    // MSAL's listener is gone as soon as it has its answer, maybe before the browser has its page.
    return client.acquireTokenInteractive({ scopes, openBrowser: async (url) => void control("open", url).catch(() => {}) });
  }
  const { verifier, challenge } = await new msal.CryptoProvider().generatePkceCodes();
  const request = { scopes, redirectUri: facts.redirectUri };
  const url = await client.getAuthCodeUrl({ ...request, codeChallenge: challenge, codeChallengeMethod: "S256" });
  const { code } = await control("open", url);
  return client.acquireTokenByCode({ ...request, code, codeVerifier: verifier });
}

const client = newClient(facts.tenant);
let account, signedIn;

await step("sign-in", async () => {
  signedIn = await signIn(client, userRead);
  account = signedIn.account;
  assert.equal(account.username, facts.user);
  assert.equal(account.tenantId, facts.tenant);
  assert.equal(signedIn.fromCache, false);
  assert.ok(signedIn.scopes.includes(userRead[0]), String(signedIn.scopes));
});

await step("silent", async () => {
  const again = await client.acquireTokenSilent({ account, scopes: userRead });
  assert.equal(again.fromCache, true);
  assert.equal(again.accessToken, signedIn.accessToken);
});

await step("refresh", async () => {
  const fresh = await client.acquireTokenSilent({ account, scopes: userRead, forceRefresh: true });
  assert.equal(fresh.fromCache, false);
  assert.notEqual(fresh.accessToken, signedIn.accessToken);
});

await step("other API", async () => {
  const other = await client.acquireTokenSilent({ account, scopes: partnerCenter });
  assert.ok(other.scopes.includes(partnerCenter[0]), String(other.scopes));
  const profile = await fetch(`${facts.login}/v1/profiles/organization`, { headers: { Authorization: `Bearer ${other.accessToken}` } });
  assert.equal(profile.status, 200);
  const customers = await fetch(`${facts.login}/v1/customers`, { headers: { Authorization: `Bearer ${other.accessToken}` } });
  assert.equal((await customers.json()).items[0].relationshipToPartner, "reseller");
});

await step("default scope", async () => {
  const all = await client.acquireTokenSilent({ account, scopes: [`${graph}/.default`] });
  assert.ok(all.scopes.includes(userRead[0]), String(all.scopes));
});

await step("jose", async () => {
  const document = await (await fetch(`${facts.login}/${facts.tenant}/v2.0/.well-known/openid-configuration`)).json();
  const keys = createRemoteJWKSet(new URL(document.jwks_uri));
  const { payload, protectedHeader } = await jwtVerify(signedIn.idToken, keys, { issuer: document.issuer, audience: facts.clientId, algorithms: ["RS256"] });
  assert.equal(payload.preferred_username, facts.user);
  assert.equal(protectedHeader.x5t, undefined);
  assert.deepEqual([payload.acct, payload.wids], [undefined, undefined]);
  await jwtVerify(signedIn.accessToken, keys, { audience: facts.login, algorithms: ["RS256"] });
  const [head, body, signature] = signedIn.idToken.split(".");
  const forged = Buffer.from(JSON.stringify({ ...payload, oid: "somebody-else" })).toString("base64url");
  assert.notEqual(forged, body);
  await assert.rejects(jwtVerify([head, forged, signature].join("."), keys), { code: "ERR_JWS_SIGNATURE_VERIFICATION_FAILED" });
  const shared = createRemoteJWKSet(new URL(`${facts.login}/common/discovery/v2.0/keys`));
  await jwtVerify(signedIn.idToken, shared, { issuer: document.issuer });
  const [key] = (await (await fetch(document.jwks_uri)).json()).keys;
  assert.equal(key.alg, undefined);
  assert.ok(createPublicKey({ key, format: "jwk" }).equals(new X509Certificate(Buffer.from(key.x5c[0], "base64")).publicKey));
  const who = await fetch(document.userinfo_endpoint, { headers: { Authorization: `Bearer ${signedIn.accessToken}` } });
  assert.equal((await who.json()).sub, payload.sub);
});

if (facts.kind !== "public") {
  await step("for the app alone", async () => {
    const app = await client.acquireTokenByClientCredential({ scopes: [`${graph}/.default`] });
    assert.equal(app.account, null);
    assert.ok(app.accessToken);
  });
} else {
  await step("device code", async () => {
    let said;
    const flow = client.acquireTokenByDeviceCode({ scopes: userRead, deviceCodeCallback: (answer) => { said = answer; } });
    await assert.rejects(flow, (e) => !interaction(e) && e.message.includes("invalid_client"));
    assert.ok(said.userCode && said.verificationUri, JSON.stringify(said));
  });
}

// interaction reports whether MSAL takes an error for one that only a sign-in helps against.
function interaction(e) {
  return e instanceof msal.InteractionRequiredAuthError;
}

await step("the common endpoint", async () => {
  const stored = Object.values(JSON.parse(client.getTokenCache().serialize()).RefreshToken)[0].secret;
  const shared = newClient("common").acquireTokenByRefreshToken({ refreshToken: stored, scopes: userRead });
  await assert.rejects(shared, (e) => !interaction(e) && e.errorMessage.includes("AADSTS50194"));
});

for (const { scenario, code, signInHelps } of facts.errors) {
  await step(scenario, async () => {
    await control("scenario", scenario);
    const refresh = client.acquireTokenSilent({ account, scopes: userRead, forceRefresh: true });
    await assert.rejects(refresh, (e) => {
      assert.ok(e.errorMessage.includes(code), e.errorMessage);
      assert.equal(interaction(e), signInHelps, `${e.name}: ${e.errorCode}, ${e.subError}`);
      return true;
    });
  });
}

// MSAL throws a refresh token away that is called bad.
await step("and after it is mended", async () => {
  await control("scenario", "good");
  assert.ok((await signIn(client, userRead)).accessToken);
});
