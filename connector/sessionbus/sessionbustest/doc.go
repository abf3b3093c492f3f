// Package sessionbustest has a session bus that a test answers for.
package sessionbustest
