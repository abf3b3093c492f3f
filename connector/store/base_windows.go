package store

import "os"

// configBase is %LOCALAPPDATA%, which the standard library calls the cache folder.
func configBase() (string, error) { return os.UserCacheDir() }
