// Package safefile writes the files of the config folder so that a crash leaves the old or the new text, reads them with
// care, and locks them between processes.
package safefile
