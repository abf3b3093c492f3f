// Package connector has the nouns that everything else speaks of.
//
// A [Connector] is what a program uses to call Partner Center in a partner's name: it is saved on this computer, and its credential
// is in the keychain. Its [Origin] says where it came from, and [Connector.Can] what can be done with it here. A [Draft] is one that
// is being made; it becomes a Connector at Save. Its pages are the [Step]s, and what a person enters on them are [Field]s. A [Check] proves one thing about a connector, with a [Fact] as evidence; what it weighs when it
// failed decides whether the connector is saved. A [Problem] is anything that went wrong, told so that a person knows who has to do
// what. [Settings] and [Preset] are what is given beforehand, by the person and by the publisher of an app registration.
//
// The interfaces in [Ports] are the world outside, as the packages below this folder need it. Package engine puts the real one there.
//
// # What is not confirmed
//
// No page of Microsoft's that could be seen says the following. What is built on it bears being wrong: what can't be told is "could not check",
// and an address that is not known is not shown. The places that rely on one of them point here.
//
//  1. China's App ID URI of Partner Center is the address of its API, as in the global cloud (auth, chinaCloud). A digest of Microsoft's
//     documents says so, and programs of others ask for a token by that name. A token from that cloud would confirm it.
//  2. The addresses of Partner Center's portal in the US government and China clouds (auth, usGovCloud and chinaCloud) are left empty.
//     A partner there would know them.
//  3. DoD tenants reach Graph at graph.microsoft.us, and not only at dod-graph.microsoft.us (auth, usGovCloud). The scripts for the
//     Azure CLI rely on it, too, and say so (connector/registration, cloudOf). A sign-in of such a tenant would confirm it.
//  4. The group of the Sales agents is called SalesAgents (connector/api, agentGroups). Programs that look after partner tenants know it by this
//     name. The list of groups of a partner tenant would confirm it.
//  5. isMfaCompliant answers ValidateMfa, as a header, or where there is none as a property of the body (connector/api, mfaName). Programs of
//     others read both. An answer of Partner Center would confirm it; so would one in each of the other clouds that it says anything of MFA there.
//  6. A claims request for amr makes the sign-in ask for MFA also where Partner Center is the resource (auth/loopback, mfaClaims). Where it is
//     refused, it is left out.
//  7. Graph's code for an account that is gone is Request_ResourceNotFound (connector/problems, graphNotFound). The answer to a token of a
//     deleted account would confirm it.
//  8. The refusal 50133 comes with the suberror bad_token (the practice cloud's "later-password-changed"), as 50173 does. The program does not
//     need it: the number tells by itself. The answer after a changed password would confirm it.
//  9. To change a version of a secret that is not there is refused with 403 to whoever may not write, and answered with 404 to whoever may
//     (connector/keyvault, MayWrite). The operation is documented to need the right to set secrets; the order is not. A vault whose answer comes
//     the other way round is met by the refusal at the write itself.
//  10. The versions of a secret that is not there are an empty list (the practice cloud's listVersions); the program takes 404 for the same.
package connector
