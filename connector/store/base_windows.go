package store

import (
	"io/fs"
	"os"
)

// configBase is %LOCALAPPDATA%, which the standard library calls the cache folder.
func configBase() (string, error) { return os.UserCacheDir() }

// fileNumber is 0: Windows tells the number of an opened file only. What replaces a file has another time there, to 100 ns.
func fileNumber(fs.FileInfo) int64 { return 0 }
