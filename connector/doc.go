// Package connector has the nouns that everything else speaks of.
//
// A [Connector] is what a program uses to call Partner Center in a partner's name: it is saved on this computer, and its credential
// stands in the keychain. Its [Origin] says where it came from, and [Connector.Can] what can be done with it here. A [Draft] is one that
// is being made; it becomes a Connector at Save. Its pages are the [Step]s, and what a person enters on them are [Field]s. A [Check] proves one thing about a connector, with a [Fact] as evidence; what it weighs when it
// failed decides whether the connector is saved. A [Problem] is anything that went wrong, told so that a person knows who has to do
// what. [Settings] and [Preset] are what is given beforehand, by the person and by the publisher of an app registration.
//
// The interfaces in [Ports] are the world outside, as the packages below this folder need it. Package engine puts the real one there.
package connector
