// Package notice tells the person at this computer that a connector needs somebody: [Due] decides when, [Compose] says it, and a [Desktop] shows it
// by what the system has.
package notice
