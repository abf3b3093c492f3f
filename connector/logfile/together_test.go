package logfile

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// How many processes and goroutines write at once, and how much: the files are turned over twice, and none is lost.
const (
	writers = 4
	parts   = 4
	records = 160
	padding = 900
)

// TestManyWriteAtOnce lets processes, each with several goroutines, write more than a file holds: every record is whole, each writer's are in
// order, and none is missing.
func TestManyWriteAtOnce(t *testing.T) {
	if dir := os.Getenv("LOGFILE_TEST_DIR"); dir != "" {
		write(dir, os.Getenv("LOGFILE_TEST_WRITER"))
		return
	}
	dir := newDir(t)
	var work sync.WaitGroup
	for w := range writers {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestManyWriteAtOnce$")
		cmd.Env = append(os.Environ(), "LOGFILE_TEST_DIR="+dir, "LOGFILE_TEST_WRITER="+strconv.Itoa(w))
		work.Go(func() {
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	work.Wait()
	next := map[string]int{}
	for age := len(names) - 1; age >= 0; age-- {
		for line := range strings.Lines(read(t, path(dir, age))) {
			var writer, part, number int
			_, told, _ := strings.Cut(line, " msg=record ")
			_, told, _ = strings.Cut(told, "writer=")
			if _, err := fmt.Sscanf(told, "%d part=%d number=%d padding=", &writer, &part, &number); err != nil || !strings.HasSuffix(told, " padding="+strconv.Quote(pad())+"\n") {
				t.Fatalf("%q: %v", line, err)
			}
			of := fmt.Sprint(writer, part)
			if number != next[of] {
				t.Errorf("writer %s: %d where %d comes next", of, number, next[of])
			}
			next[of] = number + 1
		}
	}
	if len(next) != writers*parts {
		t.Errorf("records of %d writers", len(next))
	}
	for of, n := range next {
		if n != records {
			t.Errorf("writer %s: %d records", of, n)
		}
	}
	if read(t, path(dir, 2)) == "" {
		t.Error("the files were not turned over twice")
	}
}

// pad is a text that is not taken for a token.
func pad() string { return strings.TrimSpace(strings.Repeat("filling ", padding/8)) }

func write(dir, writer string) {
	log := New(Options{Dir: dir})
	var work sync.WaitGroup
	for part := range parts {
		work.Go(func() {
			for n := range records {
				log.Info("record", "writer", writer, "part", part, "number", n, "padding", pad())
			}
		})
	}
	work.Wait()
}
