package logfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"partner-center-connector/connector/safefile"
)

// folder is where the files are, below the config folder: what happens there does not wake whoever watches the lists.
const folder = "log"

// names are the files, the newest first. Windows opens a .txt for whoever looks.
var names = []string{"log.txt", "log.1.txt", "log.2.txt"}

const (
	// maxSize is how many bytes a file has when it is turned over. Where it can't be, it grows to largest, and no further.
	maxSize = 1 << 20
	largest = 2 * maxSize
	// turnLock is held while the files are turned over.
	turnLock = "turn.lock"
	// restTime is how long nothing is written after something could not be: a record costs a command no wait on a disk that takes none.
	restTime = time.Minute
)

// file appends records to the newest file of the log. Several processes, and several goroutines, may write at once.
type file struct {
	dir string
	now func() time.Time

	mu sync.Mutex
	// rests is until when nothing is written, turns until when the files are not turned over.
	rests, turns time.Time
}

var _ io.Writer = (*file)(nil)

func newFile(dir string) *file { return &file{dir: dir, now: time.Now} }

// Write implements io.Writer for one whole record.
func (f *file) Write(record []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now().Before(f.rests) {
		return 0, errRests
	}
	if err := f.append(record); err != nil {
		f.rests = f.now().Add(restTime)
		return 0, err
	}
	return len(record), nil
}

// Why a record is lost.
var (
	errRests    = errors.New("the log could not be written a moment ago")
	errTooLarge = errors.New("the log is full, and its files can't be turned over")
)

// append makes the folder of the log where it is missing, but no config folder: a command that only says its version leaves none behind.
func (f *file) append(record []byte) error {
	if err := safefile.CheckFolder(f.dir); err != nil {
		return err
	}
	if f.size() >= maxSize && !f.now().Before(f.turns) && f.turnOver() != nil {
		f.turns = f.now().Add(restTime)
	}
	if f.size() >= largest {
		return errTooLarge
	}
	err := safefile.Append(Path(f.dir), record)
	if errors.Is(err, fs.ErrNotExist) {
		if err = safefile.Folder(filepath.Dir(Path(f.dir))); err == nil {
			err = safefile.Append(Path(f.dir), record)
		}
	}
	return err
}

// size is that of the newest file; 0 where there is none.
func (f *file) size() int64 {
	info, err := os.Lstat(Path(f.dir))
	if err != nil {
		return 0
	}
	return info.Size()
}

// turnOver makes each file the next older one. Where another process does it just now, nothing is left to do.
func (f *file) turnOver() error {
	lock, err := safefile.TryLock(filepath.Join(f.dir, folder, turnLock))
	if errors.Is(err, safefile.ErrHeld) {
		return nil
	}
	if err != nil {
		return err
	}
	defer lock.Release()
	if f.size() < maxSize {
		return nil // another process has done it
	}
	for age := len(names) - 1; age > 0; age-- {
		if err := safefile.Move(path(f.dir, age-1), path(f.dir, age)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
