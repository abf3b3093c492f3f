// Package checks proves what is claimed of a connector: [Run] makes all of its checks, each with evidence and, where it did not
// pass, a problem; [HealthOf] is the one word for their outcome. What can't be checked is never passed.
package checks
