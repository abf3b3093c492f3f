//go:build unix

package store

import "os"

func configBase() (string, error) { return os.UserConfigDir() }
