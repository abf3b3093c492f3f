// Command check holds the SBOMs and the provenance of a release against what they speak of:
//
//	check sbom SCHEMAS VERSION TIME COMMIT SBOM PROGRAM
//	check provenance FOLDER COMMIT GO.SUM…
//
// SCHEMAS is the folder with the JSON schemas of CycloneDX, FOLDER the one with the packages and provenance.json. COMMIT is empty where it is
// not known. It ends with 1 and says what does not fit, with 2 where it was called in another way.
package main

import (
	"errors"
	"fmt"
	"os"
)

func main() {
	args := os.Args[1:]
	var err error
	switch {
	case len(args) == 7 && args[0] == "sbom":
		err = checkSBOM(args[1], expected{version: args[2], time: args[3], commit: args[4]}, args[5], args[6])
	case len(args) > 3 && args[0] == "provenance":
		err = checkProvenance(args[1], args[2], args[3:])
	default:
		fmt.Fprintln(os.Stderr, "check sbom SCHEMAS VERSION TIME COMMIT SBOM PROGRAM, or check provenance FOLDER COMMIT GO.SUM…")
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// differences collects what does not fit, so that one run tells everything.
type differences []error

func (d *differences) add(format string, args ...any) {
	*d = append(*d, fmt.Errorf(format, args...))
}

func (d *differences) err() error { return errors.Join(*d...) }
