// Package sessionbus finds the D-Bus session bus of this account, where the system has one. It never starts one.
package sessionbus
