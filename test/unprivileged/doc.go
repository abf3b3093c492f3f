// Package unprivileged runs a part of a test as an account to which the modes of files matter, which they do not to root. It is for Linux.
package unprivileged
