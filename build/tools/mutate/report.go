package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// outcome is what came of a mutant.
type outcome string

const (
	caught     outcome = "caught"
	hung       outcome = "hung" // its tests did not end in time, which is noticed too
	survived   outcome = "survived"
	equivalent outcome = "equivalent"
	broken     outcome = "broken" // it does not compile, and does not count
)

// result is what came of the mutants of a package.
type result struct {
	name    string
	by      map[outcome]int
	outlive []mutant
}

func (r *result) add(m mutant, o outcome) {
	r.by[o]++
	if o == survived {
		r.outlive = append(r.outlive, m)
	}
}

func (r *result) made() int { return r.by[caught] + r.by[hung] + r.by[equivalent] + r.by[survived] }

// share is that of the mutants that were caught or judged, in percent.
func (r *result) share() float64 {
	if r.made() == 0 {
		return 0
	}
	return 100 * float64(r.made()-r.by[survived]) / float64(r.made())
}

type report []result

func (r report) total() *result {
	sum := &result{name: "in all", by: map[outcome]int{}}
	for _, one := range r {
		for o, n := range one.by {
			sum.by[o] += n
		}
	}
	return sum
}

// print tells the survivors, each as an entry for the file of those that were judged, and the numbers.
func (r report) print(out io.Writer) {
	for _, one := range r {
		for _, m := range one.outlive {
			_, _ = fmt.Fprintf(out, "# survived: %s, line %d\n%s\n", m.operator, m.line, m.identity)
		}
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(table, "package\tmutants\tcaught\thung\tequivalent\tsurvived\tshare\t")
	for _, one := range append(r[:len(r):len(r)], *r.total()) {
		_, _ = fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d\t%.1f %%\t\n", one.name, one.made(),
			one.by[caught], one.by[hung], one.by[equivalent], one.by[survived], one.share())
	}
	_ = table.Flush()
}
