// Package window has the licenses of what is linked into the window program, for the system that it is built for.
package window
