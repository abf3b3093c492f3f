//go:build e2e && linux

package e2e

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"
	"time"
)

// countOfPairs is how many pairs `make bench` wants.
func countOfPairs(b *testing.B) int {
	b.Helper()
	n, err := strconv.Atoi(os.Getenv("BENCH_PAIRS"))
	if err != nil {
		b.Fatalf("BENCH_PAIRS: %v; run it by `make bench`", err)
	}
	return n
}

// pairs are what ours and its baseline took, in turns, in milliseconds.
type pairs struct{ Ours, Base []float64 }

func (p *pairs) add(ours, base time.Duration) {
	p.Ours, p.Base = append(p.Ours, milliseconds(ours)), append(p.Base, milliseconds(base))
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// keep adds the pairs to the file that `make bench` reads.
func (p *pairs) keep(b *testing.B, figure string) {
	b.Helper()
	text, err := json.Marshal(struct {
		Figure string
		pairs
	}{figure, *p})
	if err != nil {
		b.Fatal(err)
	}
	f, err := os.OpenFile(os.Getenv("BENCH_FILE"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		b.Fatalf("%v; run it by `make bench`", err)
	}
	_, err = f.Write(append(text, '\n'))
	if closed := f.Close(); err != nil || closed != nil {
		b.Fatal(err, closed)
	}
}
