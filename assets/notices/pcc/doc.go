// Package pcc has the licenses of what is linked into pcc, for the system that it is built for.
package pcc
