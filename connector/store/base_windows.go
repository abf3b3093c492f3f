package store

import (
	"io/fs"
	"os"
	"path/filepath"
)

// configBase is %LOCALAPPDATA%, which the standard library calls the cache folder.
func configBase() (string, error) { return os.UserCacheDir() }

// lookIn is lookAt for a file in an open folder.
func lookIn(folder *os.File, name string) identity { return lookAt(filepath.Join(folder.Name(), name)) }

// fileNumber is 0: Windows tells the number of an opened file only. What replaces a file has another time there, to 100 ns.
func fileNumber(fs.FileInfo) int64 { return 0 }
